import PhysicalMemory
import SyntheticKernel
import Testing

@Suite("Plans of pages as text")
struct PagePlanLinesTests {
    private func plan(_ shares: PageShares) throws -> PagePlan {
        PagePlan(
            pageSize: 65536,
            largestOrder: 8,
            memory: try MemoryMap([
                AddressRange(0, upTo: 0x4000_0000), AddressRange(0x8000_0000, upTo: 0x100_0000_0000),
            ]),
            kernel: [AddressRange(0, upTo: 0x100_0000), AddressRange(0x3000_0000, upTo: 0x3100_0000)],
            window: AddressRange(0x100_0000, upTo: 0x80_0000_0000),
            mix: shares.mix(seed: 7)
        )
    }

    @Test("the same plan comes out again")
    func roundTrip() throws {
        let plan = try plan(.standard)
        let lines = Dictionary(uniqueKeysWithValues: plan.lines.map { ($0.key, $0.value) })
        let read = try #require(PagePlan(pageSize: 65536) { lines[$0] })
        #expect(read.counts == plan.counts)
        for frame in stride(from: 0, to: UInt64(1) << 24, by: 4099) {
            #expect(read.pageClass(of: frame) == plan.pageClass(of: frame))
        }
    }

    @Test("what lacks or damages a line is no plan")
    func damaged() throws {
        let lines = try plan(.standard).lines
        for gone in lines.map(\.key) {
            for other in [nil, "x", "5-", "9-3"] as [String?] {
                let found = PagePlan(pageSize: 65536) { key in
                    key == gone ? other : lines.first { $0.key == key }?.value
                }
                #expect(found == nil, "\(gone) \(other ?? "nil")")
            }
        }
    }
}
