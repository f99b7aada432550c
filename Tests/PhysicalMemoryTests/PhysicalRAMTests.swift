import PhysicalMemory
import SystemPackage
import Testing

@Suite("Physical RAM")
struct PhysicalRAMTests {
    private let text = Array("across the edge".utf8)

    @Test("bytes are written and read across the edge of two ranges, and holes are no memory")
    func edges() throws {
        let ram = try PhysicalRAM(map: MemoryMap([range(0, 0x10000), range(0x10000, 0x20000), range(0x40000, 0x50000)]))
        try ram.write(text, at: 0xfffa)
        #expect(try ram.read(at: 0xfffa, count: text.count) == text)
        #expect(throws: Errno.badAddress) { try ram.write(text, at: 0x1fffa) }
        #expect(throws: Errno.badAddress) { try ram.read(at: 0x30000, count: 1) }
        #expect(throws: Errno.badAddress) { try ram.read(at: PhysicalAddress(.max), count: 2) }
    }

    @Test("an alias shows the bytes elsewhere without copying, at any byte, and a renewed source is zero")
    func alias() throws {
        var ram = try PhysicalRAM(map: MemoryMap(size: 1 << 20))
        try ram.write(text, at: 0x1234)
        let before = ram.allocated
        try ram.alias(range(0, 0x10000), at: 0x80021)
        ram.freeze(range(0, 1 << 20))
        try ram.renew(range(0, 0x10000))
        #expect(try ram.read(at: PhysicalAddress(0x80021 + 0x1234), count: text.count) == text)
        #expect(try ram.read(at: 0x1234, count: 4) == [0, 0, 0, 0])
        #expect(ram.allocated == before)
        #expect(throws: Errno.notPermitted) { try ram.write(text, at: 0x80021) }
        #expect(throws: Errno.notPermitted) { try ram.write(text, at: 0xfff8) }
        try ram.write(text, at: 0x1234)
        #expect(try ram.read(at: PhysicalAddress(0x80021 + 0x1234), count: text.count) == text)
        ram.thaw(range(0, 1 << 20))
        try ram.write([1], at: 0x80021)
    }

    @Test("a second alias gives the storage of the first one back")
    func storageReturns() throws {
        var ram = try PhysicalRAM(map: MemoryMap(size: 4 << 20))
        let megabyte = [UInt8](repeating: 7, count: 1 << 20)
        for _ in 0..<3 {
            try ram.write(megabyte, at: 0)
            try ram.alias(range(0, 1 << 20), at: 0x200000)
            try ram.renew(range(0, 1 << 20))
        }
        #expect(ram.allocated == 1 << 20)
    }

    @Test("memory is added cleared and removed with its contents")
    func hotplug() throws {
        var ram = try PhysicalRAM(map: MemoryMap(size: 1 << 20))
        try ram.add(range(2 << 20, 3 << 20))
        try ram.write(text, at: PhysicalAddress(2 << 20))
        #expect(throws: Errno.fileExists) { try ram.add(range(0, 1 << 20)) }
        try ram.remove(range(2 << 20, 3 << 20))
        #expect(ram.allocated == 0)
        #expect(throws: Errno.noSuchAddressOrDevice) { try ram.remove(range(2 << 20, 3 << 20)) }
    }
}
