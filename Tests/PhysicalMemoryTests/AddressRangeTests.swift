import PhysicalMemory
import Testing

@Suite("Address ranges")
struct AddressRangeTests {
    @Test("a range that would wrap around the address space does not exist")
    func wrapping() {
        #expect(AddressRange(start: PhysicalAddress(.max), count: 1) == nil)
        #expect(AddressRange(start: 1, count: .max) == nil)
        #expect(AddressRange(start: PhysicalAddress(.max), count: 0)?.end == PhysicalAddress(.max))
    }

    @Test("a range whose end is not above its start is empty")
    func reversed() {
        #expect(range(0x20, 0x10).isEmpty)
        #expect(range(0x20, 0x10).count == 0)
    }

    @Test("its start belongs to it and its end does not")
    func halfOpen() {
        let area = range(0x6ffb_0000, 0x6fff_0020)
        #expect(area.contains(0x6ffb_0000 as PhysicalAddress))
        #expect(area.contains(0x6fff_001f as PhysicalAddress))
        #expect(!area.contains(0x6fff_0020 as PhysicalAddress))
        #expect(!area.contains(0x6ffa_ffff as PhysicalAddress))
    }

    @Test("neighbours do not overlap")
    func neighbours() {
        #expect(!range(0, 0x10).overlaps(range(0x10, 0x20)))
        #expect(range(0, 0x11).overlaps(range(0x10, 0x20)))
        #expect(range(0, 0x11).intersection(range(0x10, 0x20)) == range(0x10, 0x11))
    }

    @Test("taking a range away leaves the parts before and after it")
    func subtracting() {
        let whole = range(0x100, 0x200)
        #expect(whole.subtracting(range(0x140, 0x180)) == [range(0x100, 0x140), range(0x180, 0x200)])
        #expect(whole.subtracting(range(0, 0x180)) == [range(0x180, 0x200)])
        #expect(whole.subtracting(range(0x180, 0x300)) == [range(0x100, 0x180)])
        #expect(whole.subtracting(range(0, 0x300)) == [])
        #expect(whole.subtracting(range(0x200, 0x300)) == [whole])
    }

    @Test("prints as two hexadecimal numbers")
    func description() {
        #expect(range(0x1000_0000, 0x6ffb_0000).description == "0x10000000-0x6ffb0000")
    }

    @Test("address arithmetic wraps, as the kernels' own does")
    func addressesWrap() {
        #expect(PhysicalAddress(.max) &+ 2 == 1)
    }
}
