import PhysicalMemory
import SystemPackage
import Testing

@Suite("Freezing, renewing and mapping memory twice")
struct OwnershipTests {
    /// Boot memory of 64 KiB, and room for it at an address that is no page boundary.
    let boot = range(0, 0x1_0000)
    let destination: PhysicalAddress = 0x8_1020

    private func machine() throws -> PhysicalRAM {
        let ram = try PhysicalRAM(map: MemoryMap(size: 1 << 20))
        try ram.write(pattern(0x1_0000), at: 0)
        return ram
    }

    @Test("frozen memory refuses writes with EPERM, to the byte, and the refused write changes nothing")
    func freeze() throws {
        var ram = try machine()
        ram.freeze(range(0x100, 0x201))
        #expect(throws: Errno.notPermitted) { try ram.write([0], at: 0x100) }
        #expect(throws: Errno.notPermitted) { try ram.write([0], at: 0x200) }
        #expect(throws: Errno.notPermitted) { try ram.write([0, 0], at: 0xff) }
        #expect(try ram.read(at: 0xff, count: 1) == [pattern(0x100)[0xff]])
        try ram.write([0], at: 0xff)
        try ram.write([0], at: 0x201)
        #expect(ram.isFrozen(range(0x200, 0x300)))
        #expect(!ram.isFrozen(range(0x201, 0x300)))
        ram.thaw(range(0, 0x1000))
        try ram.write([9], at: 0x100)
        #expect(try ram.read(at: 0x100, count: 1) == [9])
    }

    @Test("after an alias both addresses show the bytes, and no storage was used for it")
    func alias() throws {
        var ram = try machine()
        let before = ram.allocated
        try ram.alias(boot, at: destination)
        #expect(try ram.read(at: destination, count: 0x1_0000) == pattern(0x1_0000))
        #expect(try ram.read(at: 0, count: 0x1_0000) == pattern(0x1_0000))
        #expect(ram.allocated == before)
    }

    @Test("an alias puts its bytes exactly in its place: the byte before and the byte behind stay")
    func aliasBoundaries() throws {
        var ram = try machine()
        try ram.write([0xaa], at: 0x8_101f)
        try ram.write([0xbb], at: 0x9_1020)
        try ram.alias(boot, at: destination)
        #expect(try ram.read(at: 0x8_101f, count: 2) == [0xaa, pattern(1)[0]])
        #expect(try ram.read(at: 0x9_101f, count: 2) == [pattern(0x1_0000)[0xffff], 0xbb])
    }

    @Test("renewed boot memory is zero and writable while its old bytes stay where they are mapped again")
    func renew() throws {
        var ram = try machine()
        try ram.alias(boot, at: destination)
        ram.freeze(range(0, 1 << 20))
        try ram.renew(boot)
        #expect(try ram.read(boot).allSatisfy { $0 == 0 })
        try ram.write([1, 2, 3], at: 0)
        #expect(try ram.read(at: destination, count: 3) == pattern(3))
        #expect(throws: Errno.notPermitted) { try ram.write([0], at: destination) }
    }

    @Test("what lay at the destination of an alias gives its storage back")
    func displaced() throws {
        var ram = try machine()
        try ram.write(pattern(0x1_0000, seed: 3), at: 0x8_0000)
        let before = ram.allocated
        try ram.alias(boot, at: 0x8_0000)
        #expect(before - ram.allocated == 0x1_0000)
    }

    @Test("the same alias made twice keeps the bytes")
    func twice() throws {
        var ram = try machine()
        try ram.alias(boot, at: destination)
        try ram.alias(boot, at: destination)
        #expect(try ram.read(boot) == pattern(0x1_0000))
        #expect(try ram.read(at: destination, count: 0x1_0000) == pattern(0x1_0000))
    }

    @Test("taking memory away keeps bytes that are mapped elsewhere too")
    func removeAliased() throws {
        var ram = try machine()
        try ram.alias(boot, at: destination)
        try ram.remove(boot)
        #expect(try ram.read(at: destination, count: 0x1_0000) == pattern(0x1_0000))
    }

    @Test(
        "an overlapping alias shows at its destination all that was at its source",
        arguments: [0x10, 0x1020, 0x8000, 0xffff] as [UInt64]
    )
    func overlapping(_ distance: UInt64) throws {
        var ram = try machine()
        try ram.alias(boot, at: PhysicalAddress(distance))
        #expect(try ram.read(at: PhysicalAddress(distance), count: 0x1_0000) == pattern(0x1_0000))
        #expect(try ram.read(at: 0, count: Int(distance)) == Array(pattern(0x1_0000)[..<Int(distance)]))
    }

    @Test("an alias from or to something that is not memory is refused and changes nothing")
    func badAlias() throws {
        var ram = try machine()
        #expect(throws: Errno.badAddress) { try ram.alias(boot, at: 0xf_0001) }
        #expect(throws: Errno.badAddress) { try ram.alias(range(0xf_8000, 0x10_0001), at: 0) }
        #expect(throws: Errno.badAddress) { try ram.alias(boot, at: PhysicalAddress(.max)) }
        #expect(try ram.read(boot) == pattern(0x1_0000))
    }

    @Test("crash after crash uses no more storage than the bytes that are there")
    func cycles() throws {
        var ram = try machine()
        for boot in UInt8(2)...12 {
            try ram.alias(self.boot, at: destination)
            ram.freeze(range(0, 1 << 20))
            try ram.renew(self.boot)
            ram.thaw(range(0, 1 << 20))
            try ram.write(pattern(0x1_0000, seed: boot), at: 0)
            #expect(try ram.read(at: destination, count: 0x1_0000) == pattern(0x1_0000, seed: boot - 1))
            #expect(ram.allocated <= 0x2_0000 + 2 * page)
        }
    }

    @Test("a copy of the value keeps its own map over the same bytes")
    func values() throws {
        let before = try machine()
        var after = before
        try after.renew(boot)
        #expect(try before.read(boot) == pattern(0x1_0000))
        #expect(try after.read(boot).allSatisfy { $0 == 0 })
    }
}
