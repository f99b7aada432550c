import PhysicalMemory
import SystemPackage
import Testing

/// Every byte follows from its offset; in every fourth run of 32 KiB there is nothing, and one offset cannot be read.
private struct Striped: MemoryBackground {
    static let stripe: UInt64 = 32 << 10
    var broken: Range<UInt64> = .max..<UInt64.max
    let size: UInt64

    static func byte(at offset: UInt64) -> UInt8 {
        (offset / stripe) % 4 == 3 ? 0 : UInt8(truncatingIfNeeded: offset &* 2_654_435_761 >> 7) | 1
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(Errno) {
        if broken.overlaps(offset..<(offset + UInt64(buffer.count))) { throw .ioError }
        for index in buffer.indices { buffer[index] = Self.byte(at: offset + UInt64(index)) }
    }

    func data(from offset: UInt64) -> Range<UInt64>? {
        let group = offset / (4 * Self.stripe) * 4 * Self.stripe
        let end = group + 3 * Self.stripe
        if offset < end { return offset < size ? offset..<min(end, size) : nil }
        let next = group + 4 * Self.stripe
        return next < size ? next..<min(next + 3 * Self.stripe, size) : nil
    }
}

@Suite("Memory over a background")
struct BackgroundTests {
    private let size: UInt64 = 1 << 20

    @Test("shows the background, uses no storage, and tells holes")
    func untouched() throws {
        let ram = try PhysicalRAM(map: MemoryMap(size: size), background: Striped(size: size))
        let image = MemoryImage(ram)
        let wanted = (0..<size).map(Striped.byte(at:))
        #expect(try image.read(at: 0, count: Int(size)) == wanted)
        #expect(try ram.read(at: 12_345, count: 70_000) == Array(wanted[12_345..<82_345]))
        #expect(image.nextHole(from: 0) == 3 * Striped.stripe)
        #expect(image.nextData(from: 3 * Striped.stripe) == 4 * Striped.stripe)
        #expect(ram.allocated == 0)
    }

    @Test("a random history of writing and clearing is that of a byte-by-byte model")
    func model() throws {
        let ram = try PhysicalRAM(map: MemoryMap(size: size), background: Striped(size: size))
        var model = (0..<size).map(Striped.byte(at:))
        var random = Numbers()
        for _ in 0..<300 {
            let start = random.next(size)
            let count = min(size - start, random.next(20_000))
            if random.next(3) > 0 {
                let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next(256)) }
                try ram.write(bytes, at: PhysicalAddress(start))
                model.replaceSubrange(Int(start)..<Int(start + count), with: bytes)
            } else {
                ram.clear(AddressRange(PhysicalAddress(start), upTo: PhysicalAddress(start + count)))
                for index in start..<(start + count) { model[Int(index)] = 0 }
            }
        }
        let image = MemoryImage(ram)
        #expect(try image.read(at: 0, count: Int(size)) == model)
        #expect(try ram.read(at: 0, count: Int(size)) == model)
        // Between data and the next hole lies all that is not zero.
        var position: UInt64 = 0
        while let data = image.nextData(from: position), let hole = image.nextHole(from: data) {
            #expect(model[Int(position)..<Int(data)].allSatisfy { $0 == 0 })
            #expect(hole > data)
            position = hole
        }
        #expect(model[Int(position)...].allSatisfy { $0 == 0 })
    }

    @Test("what a background cannot give is an error for its reader, and no reason to lose what was written")
    func broken() throws {
        let background = Striped(broken: 0x8000..<0x9000, size: size)
        let ram = try PhysicalRAM(map: MemoryMap(size: size), background: background)
        #expect(throws: Errno.ioError) { try ram.read(at: 0x8800, count: 1) }
        #expect(throws: Errno.ioError) { try MemoryImage(ram).read(at: 0x7fff, count: 2) }
        #expect(throws: Errno.ioError) { try ram.write([1], at: 0x8800) }
        try ram.write([7, 8], at: 0x7000)
        #expect(try MemoryImage(ram).read(at: 0x7000, count: 2) == [7, 8])
        // A whole page needs nothing of it.
        try ram.write([UInt8](repeating: 9, count: 0x1000), at: 0x8000)
        #expect(try ram.read(at: 0x8fff, count: 1) == [9])
    }

    @Test("a part that is cleared of a page that cannot be read takes the page with it")
    func brokenDiscard() throws {
        let background = Striped(broken: 0x8000..<0x9000, size: size)
        let ram = try PhysicalRAM(map: MemoryMap(size: size), background: background)
        ram.clear(AddressRange(0x8100, upTo: 0x8200))
        #expect(try ram.read(at: 0x8000, count: 0x1000).allSatisfy { $0 == 0 })
        #expect(try ram.read(at: 0x7fff, count: 1) == [Striped.byte(at: 0x7fff)])
    }

    @Test("64 TiB over a background read and written at its end")
    func largest() throws {
        let size: UInt64 = 64 << 40
        let ram = try PhysicalRAM(map: MemoryMap(size: size), background: Striped(size: size))
        try ram.write([42], at: PhysicalAddress(size - Striped.stripe - 2))
        let bytes = try MemoryImage(ram).read(at: size - Striped.stripe - 3, count: 3)
        let last = size - Striped.stripe - 1
        #expect(bytes == [Striped.byte(at: last - 2), 42, Striped.byte(at: last)])
    }

    private struct Numbers {
        var state: UInt64 = 11
        mutating func next(_ limit: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % max(limit, 1)
        }
    }
}
