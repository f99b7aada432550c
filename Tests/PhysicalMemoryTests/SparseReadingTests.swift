import PhysicalMemory
import SystemPackage
import Testing

@Suite("Reading sparse memory")
struct SparseReadingTests {
    @Test("a tebibyte read from end to end allocates nothing")
    func tebibyte() throws {
        let size: UInt64 = 1 << 40
        let ram = try PhysicalRAM(map: MemoryMap(size: size))
        let planted: [UInt64] = [0, 12_345, 1 << 32, size / 2 - 3, size - 8]
        for address in planted { try ram.write(pattern(8), at: PhysicalAddress(address)) }
        let before = ram.allocated
        #expect(before > 0)

        let image = MemoryImage(ram)
        let window = 1 << 30
        var total: UInt64 = 0
        var nonzero = 0
        for offset in stride(from: 0, to: size, by: window) {
            try image.withPieces(at: offset, count: window) { pieces in
                for piece in pieces {
                    total += UInt64(piece.count)
                    // The shared zeros are the same bytes every time: looking at a few of them will do.
                    let isLong = piece.count > 3 * Int(page)
                    nonzero += (isLong ? UnsafeRawBufferPointer(rebasing: piece[..<8]) : piece).count {
                        $0 != 0
                    }
                }
            }
        }
        #expect(total == size)
        #expect(nonzero == planted.count * 8)
        #expect(ram.allocated == before)
    }

    @Test("reading holes through RAM and through images leaves the storage as it was")
    func everyWay() throws {
        let ram = try PhysicalRAM(map: MemoryMap(size: 1 << 30))
        try ram.write([1], at: 0x100_0000)
        let before = ram.allocated
        let image = MemoryImage(ram)
        #expect(try ram.read(at: 0x200_0000, count: 1 << 20).allSatisfy { $0 == 0 })
        #expect(try image.read(at: 0x300_0000, count: 1 << 20).allSatisfy { $0 == 0 })
        #expect(try image.read(at: 0xff_fff0, count: 32).count { $0 != 0 } == 1)
        #expect(image.nextData(from: 0) == 0x100_0000)
        #expect(ram.allocated == before)
    }

    @Test("64 TiB of memory can be had, and its last byte written")
    func largest() throws {
        let size: UInt64 = 64 << 40
        let ram = try PhysicalRAM(map: MemoryMap(size: size))
        try ram.write([42], at: PhysicalAddress(size - 1))
        #expect(try MemoryImage(ram).read(at: size - 2, count: 2) == [0, 42])
        #expect(MemoryImage(ram).nextData(from: 0).map { size - $0 <= page } == true)
    }

    @Test("data and holes are found through memory as through an image of all of it")
    func seeking() throws {
        let map = try MemoryMap([
            range(0, 0x10_0000), range(0x20_0000, 0x30_0000), range(0x30_0000, 0x40_0000),
        ])
        var ram = try PhysicalRAM(map: map)
        for address in [0x5000, 0x2f_f000, 0x30_0000, 0x3f_f000] as [PhysicalAddress] {
            try ram.write(pattern(Int(page)), at: address)
        }
        try ram.alias(range(0x5000, 0x6000), at: 0x8_1020)
        let image = MemoryImage(ram)
        for address in [
            0, 1, 0x5000, 0x5fff, 0x6000, 0x8_1020, 0x8_2020, 0xf_ffff, 0x10_0000, 0x1f_ffff, 0x20_0000,
            0x2f_f800, 0x30_0800, 0x30_1000, 0x3f_f000, 0x3f_ffff, 0x40_0000, 0x50_0000,
        ] as [UInt64] {
            let place = PhysicalAddress(address)
            #expect(
                ram.nextData(from: place)?.rawValue == image.nextData(from: address),
                "data from \(place)"
            )
            #expect(
                ram.nextHole(from: place)?.rawValue == image.nextHole(from: address),
                "hole from \(place)"
            )
        }
        #expect(ram.nextHole(from: 0x2f_f000) == 0x30_1000)
        #expect(ram.nextData(from: 0x10_0000) == 0x2f_f000)
    }
}
