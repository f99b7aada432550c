import PhysicalMemory
import SystemPackage
import Testing

@Suite("The bytes of RAM")
struct PhysicalRAMTests {
    @Test("RAM reads as zeros at first and uses no storage")
    func cleared() throws {
        let ram = try PhysicalRAM(map: MemoryMap(size: 1 << 30))
        #expect(try ram.read(at: 0x1234_5678, count: 5) == [0, 0, 0, 0, 0])
        #expect(ram.allocated == 0)
    }

    @Test("what was written is read back, at any address and of any length")
    func roundTrip() throws {
        let ram = try PhysicalRAM(map: MemoryMap(size: 1 << 20))
        let bytes = pattern(10_001)
        try ram.write(bytes, at: 0x0fff)
        #expect(try ram.read(at: 0x0fff, count: bytes.count) == bytes)
        #expect(try ram.read(at: 0x0ffe, count: 1) == [0])
        #expect(try ram.read(at: PhysicalAddress(0x0fff + 10_001), count: 1) == [0])
        #expect(try ram.read(at: 0x2000, count: 3) == Array(bytes[0x1001..<0x1004]))
    }

    @Test("a read and a write go across extents that meet at an odd address, byte by byte")
    func acrossExtents() throws {
        var ram = try PhysicalRAM(map: MemoryMap(size: 1 << 20))
        try ram.write(pattern(64), at: 0x8000)
        // As the HPTE area begins at 0x6fff0020: a boundary inside a page.
        try ram.renew(range(0x8021, 0x8033))
        #expect(ram.extents.count == 3)
        let expected =
            Array(pattern(64)[..<0x21]) + Array(repeating: 0, count: 0x12) + Array(pattern(64)[0x33...])
        #expect(try ram.read(at: 0x8000, count: 64) == expected)
        try ram.write(pattern(64, seed: 2), at: 0x8000)
        #expect(try ram.read(at: 0x8000, count: 64) == pattern(64, seed: 2))
        for address in UInt64(0x801f)..<0x8036 {
            let byte = pattern(64, seed: 2)[Int(address - 0x8000)]
            #expect(try ram.read(at: PhysicalAddress(address), count: 1) == [byte])
        }
    }

    @Test("a range with a byte that is not memory is refused, and nothing of it is written")
    func holes() throws {
        let ram = try PhysicalRAM(map: MemoryMap([range(0, 0x1000), range(0x2000, 0x3000)]))
        #expect(throws: Errno.badAddress) { try ram.read(at: 0xfff, count: 2) }
        #expect(throws: Errno.badAddress) { try ram.write([1, 2], at: 0xfff) }
        #expect(try ram.read(at: 0xfff, count: 1) == [0])
        #expect(throws: Errno.badAddress) { try ram.read(at: 0x3000, count: 1) }
        #expect(throws: Errno.badAddress) { try ram.read(at: PhysicalAddress(.max), count: 2) }
        #expect(throws: Errno.badAddress) { try ram.read(at: 0, count: -1) }
    }

    @Test("the last byte of memory can be read and written, the one behind it cannot")
    func end() throws {
        let ram = try PhysicalRAM(map: MemoryMap(size: 0x1000))
        try ram.write([7], at: 0xfff)
        #expect(try ram.read(at: 0xfff, count: 1) == [7])
        #expect(throws: Errno.badAddress) { try ram.write([7], at: 0x1000) }
    }

    @Test("clearing makes a range zero to the byte and gives whole pages back")
    func clear() throws {
        let ram = try PhysicalRAM(map: MemoryMap(size: 1 << 20))
        try ram.write(pattern(16 * Int(page)), at: 0)
        let before = ram.allocated
        ram.clear(range(3, 8 * page + 5))
        #expect(try ram.read(at: 0, count: 3) == Array(pattern(3)))
        #expect(try ram.read(at: 3, count: Int(8 * page) + 2).allSatisfy { $0 == 0 })
        let after = Int(8 * page) + 5
        #expect(
            try ram.read(at: PhysicalAddress(UInt64(after)), count: 4) == Array(pattern(after + 4)[after...])
        )
        #expect(before - ram.allocated == 7 * page)
    }

    @Test("memory can be added and taken away; what comes back is cleared")
    func hotplug() throws {
        var ram = try PhysicalRAM(map: MemoryMap(size: 0x2000))
        try ram.add(range(0x4000, 0x6000))
        try ram.write([1, 2, 3], at: 0x4ffe)
        #expect(throws: Errno.fileExists) { try ram.add(range(0x5000, 0x7000)) }
        #expect(throws: Errno.noSuchAddressOrDevice) { try ram.remove(range(0x3000, 0x5000)) }
        #expect(try ram.read(at: 0x4ffe, count: 3) == [1, 2, 3])
        try ram.remove(range(0x4000, 0x5000))
        #expect(throws: Errno.badAddress) { try ram.read(at: 0x4ffe, count: 1) }
        #expect(try ram.read(at: 0x5000, count: 1) == [3])
        try ram.add(range(0x4000, 0x5000))
        #expect(try ram.read(at: 0x4ffe, count: 3) == [0, 0, 3])
    }

    @Test("memory whose size no file can have is refused")
    func tooLarge() {
        #expect(throws: Errno.fileTooLarge) { try PhysicalRAM(map: MemoryMap(size: 1 << 63)) }
    }
}
