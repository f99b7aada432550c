import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory
import SyntheticKernel
import Testing

@Suite("What a booted kernel leaves in memory")
struct SyntheticKernelTests {
    @Test(
        "the VMCOREINFO note lies where the profile says, and names only what is there",
        arguments: Endianness.allCases
    )
    func note(endianness: Endianness) throws {
        let profile = KernelProfile.rfcV7
        let ram = try PhysicalRAM(map: MemoryMap(size: 256 << 20))
        var kernel = KernelMemory(KernelLayout(profile, endianness, pageSize: 65536), radix: false)
        try kernel.writeImage(memoryEnd: 256 << 20, in: ram)
        let bytes = try ram.read(at: PhysicalAddress(profile.image.vmcoreinfoNote), count: 4096)
        let info = try #require(
            try NoteList(parsing: bytes, endianness).notes.lazy.compactMap(VMCoreInfo.init).first
        )
        #expect(info["OSRELEASE"] == profile.release)
        #expect(info["PAGESIZE"] == "65536")
        #expect(info["SYMBOL(_stext)"] == "c000000000000000")
        #expect(
            info["SYMBOL(init_uts_ns)"] == String(ImageRules.virtual(profile.image.utsNamespace), radix: 16)
        )
    }

    @Test("the name of the system lies behind the reference count, in fields of 65 bytes")
    func utsname() throws {
        let profile = KernelProfile.rfcV7
        let ram = try PhysicalRAM(map: MemoryMap(size: 256 << 20))
        var kernel = KernelMemory(KernelLayout(profile, .big, pageSize: 65536), radix: false)
        try kernel.writeImage(memoryEnd: 256 << 20, in: ram)
        let bytes = try ram.read(at: PhysicalAddress(profile.image.utsNamespace), count: 4 + 6 * 65)
        let fields = (0..<6).map { index in
            String(decoding: bytes[(4 + 65 * index)...].prefix { $0 != 0 }, as: UTF8.self)
        }
        #expect(fields[0] == "Linux")
        #expect(fields[2] == profile.release)
        #expect(fields[4] == "ppc64")
    }
}
