import BinaryCodec
import CoreFile
import KernelProfile
import Machine
import Testing

@Suite("What dumps look like")
struct DumpArchitectureTests {
    @Test("a dump of x86_64 needs a little-endian kernel, and the refusal names those that are")
    func byteOrder() {
        for kernel in KernelProfile.all {
            for endianness in kernel.endiannesses {
                var machine = MachineConfiguration()
                machine.kernel = kernel
                machine.endianness = endianness
                machine.dumpArchitecture = .x86
                var refusal: ConfigurationFailure?
                do throws(ConfigurationFailure) { try machine.validate() } catch { refusal = error }
                let wanted = endianness == .little ? nil : MachineSetting.dumpArchitecture
                #expect(refusal?.setting == wanted, "\(kernel.name)")
                if let refusal { #expect(refusal.description.contains("linux-7.2")) }
            }
        }
    }

    @Test(
        "the kernel's log begins with what its uname -m says",
        arguments: [
            (DumpArchitecture.power, Endianness.big, "ppc64"), (.power, .little, "ppc64le"),
            (.x86, .little, "x86_64"),
        ]
    )
    func log(architecture: DumpArchitecture, endianness: Endianness, name: String) throws {
        var configuration = MachineConfiguration()
        configuration.kernel = try #require(KernelProfile.named("linux-7.2"))
        configuration.endianness = endianness
        configuration.dumpArchitecture = architecture
        let machine = try Machine(configuration)
        machine.start()
        let lines = machine.kernelLog(ofBoot: 1, from: 0).lines
        let banner = try #require(lines.first { $0.contains("Linux version") })
        #expect(banner.contains(" (\(name)) "))
    }
}
