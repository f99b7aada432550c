import PhysicalMemory
import Testing

@Suite("Memory images")
struct MemoryImageTests {
    @Test("an image reads like a file: literal bytes, memory and holes, shortened at its end")
    func reading() throws {
        let ram = try PhysicalRAM(map: MemoryMap([range(0, 0x10000), range(0x20000, 0x30000)]))
        try ram.write([9, 8, 7], at: 0xfffd)
        try ram.write([6], at: 0x20000)
        var image = MemoryImage()
        image.append([1, 2, 3])
        image.append(range(0xfffd, 0x20001), of: ram)
        #expect(image.size == 3 + 0x10004)
        #expect(image.read(at: 1, count: 5) == [2, 3, 9, 8, 7])
        #expect(image.read(at: 6, count: 2) == [0, 0])
        #expect(image.read(at: image.size - 1, count: 100) == [6])
        #expect(image.read(at: image.size, count: 1).isEmpty)
        #expect(image.read(at: .max, count: 1).isEmpty)
    }

    @Test("data and holes are found, and the end counts as a hole")
    func seeking() throws {
        let ram = try PhysicalRAM(map: MemoryMap(size: 1 << 30))
        try ram.write([1], at: 0x2000_0000)
        let image = MemoryImage(ram)
        #expect(image.nextData(from: 0) == 0x2000_0000)
        #expect(image.nextHole(from: 0x2000_0000) == 0x2000_1000)
        #expect(image.nextHole(from: 0) == 0)
        #expect(image.nextData(from: 0x2000_1000) == nil)
        #expect(image.nextHole(from: 1 << 30) == nil)
    }

    @Test("reading a terabyte in windows allocates nothing")
    func readingNeverAllocates() throws {
        let ram = try PhysicalRAM(map: MemoryMap(size: 1 << 40))
        try ram.write([1, 2, 3], at: PhysicalAddress(1 << 39))
        let before = ram.allocated
        let image = MemoryImage(ram)
        var sum = 0
        for offset in stride(from: UInt64(0), to: 1 << 40, by: 1 << 30) {
            sum += image.withPieces(at: offset, count: 1 << 12) { pieces in
                pieces.reduce(0) { $0 + $1.reduce(0) { $0 + Int($1) } }
            }
        }
        #expect(sum == 6)
        #expect(ram.allocated == before)
    }
}
