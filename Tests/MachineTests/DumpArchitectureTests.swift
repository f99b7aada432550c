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
}
