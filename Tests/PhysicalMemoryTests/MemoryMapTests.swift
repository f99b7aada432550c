import PhysicalMemory
import Testing

/// A range from one address up to another, for tests.
func range(_ lower: UInt64, _ upper: UInt64) -> AddressRange {
    AddressRange(PhysicalAddress(lower), upTo: PhysicalAddress(upper))
}

@Suite("Memory maps")
struct MemoryMapTests {
    @Test("a range never wraps around the address space")
    func noWrap() {
        #expect(AddressRange(start: PhysicalAddress(.max), count: 2) == nil)
        #expect(AddressRange(start: PhysicalAddress(.max), count: 0) != nil)
        #expect(range(5, 3).isEmpty)
    }

    @Test("subtracting leaves nothing, one or two ranges")
    func subtracting() {
        let whole = range(0x1000, 0x5000)
        #expect(whole.subtracting(range(0, 0x9000)).isEmpty)
        #expect(whole.subtracting(range(0x1000, 0x2000)) == [range(0x2000, 0x5000)])
        #expect(whole.subtracting(range(0x2000, 0x3000)) == [range(0x1000, 0x2000), range(0x3000, 0x5000)])
        #expect(whole.subtracting(range(0x6000, 0x7000)) == [whole])
    }

    @Test("neighbouring ranges stay apart but count as one for containment")
    func neighbours() throws {
        let map = try MemoryMap([range(0x1000, 0x3000), range(0, 0x1000)])
        #expect(map.ranges == [range(0, 0x1000), range(0x1000, 0x3000)])
        #expect(map.contains(range(0x800, 0x1800)))
        #expect(!map.contains(range(0x800, 0x3001)))
        #expect(map.total == 0x3000)
        #expect(map.end == 0x3000)
    }

    @Test("overlapping ranges are refused")
    func overlap() {
        #expect(throws: MemoryMap.Failure.overlap(range(0, 0x2000), range(0x1000, 0x3000))) {
            try MemoryMap([range(0, 0x2000), range(0x1000, 0x3000)])
        }
    }

    @Test("memory is added and removed; what is not there cannot be removed")
    func hotplug() throws {
        var map = MemoryMap(size: 0x4000)
        try map.add(range(0x8000, 0x9000))
        try map.remove(range(0x1000, 0x2000))
        #expect(map.ranges == [range(0, 0x1000), range(0x2000, 0x4000), range(0x8000, 0x9000)])
        #expect(throws: MemoryMap.Failure.notPresent(range(0x1000, 0x3000))) { try map.remove(range(0x1000, 0x3000)) }
        #expect(map.limited(to: 0x3000).ranges == [range(0, 0x1000), range(0x2000, 0x3000)])
    }
}
