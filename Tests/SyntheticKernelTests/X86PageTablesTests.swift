import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory
import SyntheticKernel
import Testing

@Suite("Page tables of x86_64")
struct X86PageTablesTests {
    /// Follows the tables in memory as the processor does; nil where an address is in no map.
    private func translate(_ address: UInt64, _ ram: PhysicalRAM, root: UInt64) throws -> UInt64? {
        var table = root
        for level in [39, 30, 21] as [UInt64] {
            let place = PhysicalAddress(table + (address >> level & 0x1ff) * 8)
            var reader = BinaryReader(try ram.read(at: place, count: 8), .little)
            let entry = try reader.u64("entry")
            guard entry & 1 == 1 else { return nil }
            let base = entry & 0x000f_ffff_ffff_f000
            if entry & 0x80 != 0 { return base + address & ((1 << level) - 1) }
            table = base
        }
        return nil
    }

    private func boot(_ map: MemoryMap) throws -> (ram: PhysicalRAM, root: UInt64) {
        let ram = try PhysicalRAM(map: map)
        var kernel = KernelMemory(
            KernelLayout(.linux72, .little, pageSize: 65536, architecture: .x86),
            radix: true
        )
        try kernel.writeImage(memoryEnd: map.end.rawValue, in: ram)
        return (ram, KernelProfile.linux72.image.pageDirectory)
    }

    @Test(
        "all memory is in the direct map, of machines of any size, and nothing behind it",
        arguments: [256 << 20, 2 << 30, 5 << 39, 64 << 40] as [UInt64]
    )
    func directMap(size: UInt64) throws {
        let (ram, root) = try boot(MemoryMap(size: size))
        for physical in [0, 0x12_3456, size / 2 + 0x789, size - 1] {
            #expect(try translate(0xffff_8880_0000_0000 + physical, ram, root: root) == physical)
        }
        // A map ends with the GiB that memory ends in.
        #expect(try translate(0xffff_8880_0000_0000 + size.alignedUp(to: 1 << 30), ram, root: root) == nil)
        #expect(try translate(0x1000, ram, root: root) == nil)
    }

    @Test("the image is in its own map, and a hole in memory in none")
    func imageAndHole() throws {
        let map = try MemoryMap([
            AddressRange(0, upTo: 0x4000_0000), AddressRange(0x1_0000_0000, upTo: 0x1_4000_0000),
        ])
        let (ram, root) = try boot(map)
        #expect(try translate(0xffff_ffff_805e_4020, ram, root: root) == 0x5e_4020)
        #expect(try translate(0xffff_8880_8000_0000, ram, root: root) == nil)
        #expect(try translate(0xffff_8881_0000_1000, ram, root: root) == 0x1_0000_1000)
    }
}
