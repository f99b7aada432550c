import PhysicalMemory
import SystemPackage
import Testing

/// Bytes that follow from their offset; from some offset on they cannot be read.
private struct Numbered: MemoryBackground {
    let size: UInt64
    var end = UInt64.max

    static func byte(at offset: UInt64) -> UInt8 {
        UInt8(truncatingIfNeeded: offset &* 2_654_435_761 >> 7) | 1
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(Errno) {
        if offset + UInt64(buffer.count) > end { throw .ioError }
        for index in buffer.indices { buffer[index] = Self.byte(at: offset + UInt64(index)) }
    }

    func data(from offset: UInt64) -> Range<UInt64>? { offset < size ? offset..<size : nil }
}

@Suite("Made-up memory in the file of a dump")
struct SettlingTests {
    private let size: UInt64 = 0x60_0000
    /// No part of it begins or ends at a page of the file.
    private let front: UInt64 = 0xaf4
    private var madeUp: AddressRange { range(0x10_1000, 0x40_3000) }

    /// Memory laid out as it is, behind some headers, with contents of its own in the middle.
    private func machine(
        readableUpTo end: UInt64 = .max
    ) throws -> (ram: PhysicalRAM, madeUp: MemoryStore) {
        var ram = try PhysicalRAM(map: MemoryMap(size: size))
        #expect(try ram.lay(out: layout(), copyingAtMost: .max))
        let store = try MemoryStore(size: madeUp.count, background: Numbered(size: madeUp.count, end: end))
        try ram.map(madeUp, to: store)
        try ram.write([1, 2, 3], at: 0xf_fffe)
        try ram.write([4, 5, 6], at: 0x20_0ffe)
        return (ram, store)
    }

    private func layout() throws -> StoreLayout {
        let part = StoreLayout.Part(range: range(0, size), offset: front)
        return try #require(StoreLayout([part], of: MemoryMap(size: size), size: front + size))
    }

    private func image(_ ram: PhysicalRAM) -> MemoryImage {
        var image = MemoryImage()
        image.append(pattern(Int(front), seed: 9))
        image.append(range(0, size), of: ram)
        return image
    }

    @Test("it is stored when that is asked for, with what was written to it, and counted before")
    func stored() throws {
        let ram = try machine().ram
        let image = image(ram)
        let wanted = try image.read(at: 0, count: Int(image.size))
        let settling = try #require(image.settling)
        #expect(settling.madeUp == madeUp.count)
        #expect(ram.allocated < 0x1_0000)
        let store = try settling.carryOut()
        #expect(try store.fileBytes() == wanted)
        #expect(wanted[Int(front) + 0x20_0ffe] == 4)
        #expect(wanted[Int(front) + 0x20_0ffd] == Numbered.byte(at: 0x20_0ffd - madeUp.start.rawValue))
        #expect(try image.read(at: 0, count: Int(image.size)) == wanted)
        #expect(try ram.read(at: 0, count: Int(size)).elementsEqual(wanted[Int(front)...]))
    }

    @Test("neither the file nor what it was made of can be written to afterwards")
    func sealed() throws {
        let (ram, madeUpStore) = try machine()
        let store = try #require(image(ram).settling).carryOut()
        #expect(throws: Errno.notPermitted) { try ram.write([0], at: 0) }
        #expect(throws: Errno.notPermitted) { try ram.write([0], at: 0x20_0000) }
        #expect(throws: Errno.notPermitted) { try store.descriptor.writeAll(toAbsoluteOffset: 0, [0]) }
        #expect(throws: Errno.notPermitted) { try madeUpStore.descriptor.writeAll(toAbsoluteOffset: 0, [0]) }
    }

    @Test("the same dump of a later boot is the same file; with other made-up memory it is none")
    func again() throws {
        var ram = try machine().ram
        let store = try #require(image(ram).settling).carryOut()
        let again = try #require(image(ram).settling)
        #expect(try again.carryOut { true } === store)
        let other = try MemoryStore(size: madeUp.count, background: Numbered(size: madeUp.count))
        try ram.map(madeUp, to: other)
        #expect(image(ram).settling == nil)
    }

    @Test("what cannot be read, or is called off, leaves nothing behind, and memory as it was")
    func failed() throws {
        for isCalledOff in [false, true] {
            let ram = try machine(readableUpTo: isCalledOff ? .max : 0x28_0000).ram
            let image = image(ram)
            let before = ram.allocated
            let settling = try #require(image.settling)
            var asked = 0
            do throws(Errno) {
                _ = try settling.carryOut {
                    asked += 1
                    return isCalledOff && asked == 3
                }
                Issue.record("it was carried out")
            } catch {
                #expect(error == (isCalledOff ? .canceled : .ioError))
            }
            #expect(asked == 3)
            // Pages that hold other memory, too, are kept.
            #expect(ram.allocated <= before + 4 * page)
            // Neither is sealed, and the next attempt may do.
            try ram.write([7], at: 0x20_0000)
            #expect(image.settling != nil)
        }
    }

    @Test("memory that is laid out anew leaves what is made up where it is, and room for it")
    func laidOutAnew() throws {
        var ram = try machine().ram
        let wanted = try ram.read(at: 0, count: Int(size))
        // The same layout: nothing to do, whatever the limit.
        #expect(try ram.lay(out: layout(), copyingAtMost: 0))
        let moved = StoreLayout.Part(range: range(0, size), offset: front + 1)
        let layout = try #require(StoreLayout([moved], of: ram.map, size: front + 1 + size))
        #expect(try ram.lay(out: layout, copyingAtMost: .max))
        #expect(try ram.read(at: 0, count: Int(size)) == wanted)
        var image = MemoryImage()
        image.append(pattern(Int(front) + 1))
        image.append(range(0, size), of: ram)
        let store = try #require(image.settling).carryOut()
        #expect(try store.fileBytes().elementsEqual(pattern(Int(front) + 1) + wanted))
    }
}
