import PhysicalMemory
import Testing

@Suite("The memory map")
struct MemoryMapTests {
    @Test("sorts its ranges and drops empty ones, but never merges neighbours")
    func keepsNeighboursApart() throws {
        let map = try MemoryMap([range(0x100, 0x200), range(0x300, 0x300), range(0, 0x100)])
        #expect(map.ranges == [range(0, 0x100), range(0x100, 0x200)])
        #expect(map.total == 0x200)
        #expect(map.end == 0x200)
    }

    @Test("refuses ranges that overlap")
    func overlap() {
        #expect(throws: MemoryMap.Failure.overlap(range(0, 0x101), range(0x100, 0x200))) {
            try MemoryMap([range(0x100, 0x200), range(0, 0x101)])
        }
        #expect(throws: MemoryMap.Failure.self) { try MemoryMap([range(0, 0x300), range(0x100, 0x200)]) }
    }

    @Test("contains what lies across two neighbours, but nothing that touches a hole")
    func contains() throws {
        let map = try MemoryMap([range(0, 0x100), range(0x100, 0x200), range(0x300, 0x400)])
        #expect(map.contains(range(0x80, 0x180)))
        #expect(!map.contains(range(0x180, 0x201)))
        #expect(!map.contains(range(0x180, 0x320)))
        #expect(!map.contains(range(0x3ff, 0x401)))
        #expect(map.contains(range(0x1000, 0x1000)))
    }

    @Test("adding memory that is there, and removing memory that is not, is refused and changes nothing")
    func refusals() throws {
        var map = MemoryMap(size: 0x1000)
        #expect(throws: MemoryMap.Failure.self) { try map.add(range(0xfff, 0x1fff)) }
        #expect(throws: MemoryMap.Failure.notPresent(range(0x800, 0x1001))) {
            try map.remove(range(0x800, 0x1001))
        }
        #expect(map == MemoryMap(size: 0x1000))
    }

    @Test("removing from the middle leaves a hole, adding fills it")
    func hole() throws {
        var map = MemoryMap(size: 0x1000)
        try map.remove(range(0x400, 0x800))
        #expect(map.ranges == [range(0, 0x400), range(0x800, 0x1000)])
        #expect(map.total == 0xc00)
        try map.add(range(0x400, 0x800))
        #expect(map.ranges.count == 3)
        #expect(map.contains(range(0, 0x1000)))
    }

    @Test("a limit cuts the range that it falls into and drops those above it")
    func limit() throws {
        let map = try MemoryMap([range(0, 0x100), range(0x200, 0x300), range(0x400, 0x500)])
        #expect(map.limited(to: 0x280).ranges == [range(0, 0x100), range(0x200, 0x280)])
        #expect(map.limited(to: 0).ranges == [])
        #expect(map.intersection(range(0x80, 0x480)).map(\.count) == [0x80, 0x100, 0x80])
    }

    @Test("a machine without memory ends at 0")
    func empty() {
        #expect(MemoryMap(size: 0).ranges.isEmpty)
        #expect(MemoryMap(size: 0).end == 0)
    }
}
