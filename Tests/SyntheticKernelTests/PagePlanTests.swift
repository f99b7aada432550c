import PhysicalMemory
import SyntheticKernel
import Testing

@Suite("What pages are used for")
struct PagePlanTests {
    /// 2 GiB of 64 KiB pages and a hole, the kernel at the bottom, everything mixed as asked.
    private func plan(_ shares: PageShares, seed: UInt64 = 3) throws -> PagePlan {
        let memory = try MemoryMap([
            AddressRange(0, upTo: 0x4000_0000), AddressRange(0x5001_0000, upTo: 0x9003_0000),
        ])
        return PagePlan(
            pageSize: 65536,
            largestOrder: 8,
            memory: memory,
            kernel: [AddressRange(0, upTo: 0xcb_0000), AddressRange(0x2000_0000, upTo: 0x2200_0001)],
            window: AddressRange(0, upTo: 0x1_0000_0000),
            mix: shares.mix(seed: seed)
        )
    }

    @Test("counts are those of the pages one by one, over any range")
    func counts() throws {
        let plan = try plan(.standard)
        for range in [0..<0x10000, 0..<1, 203..<210, 0x2000..<0x2300, 0x3ff1..<0x5013, 0x8fff..<0x9003] {
            let frames = UInt64(range.lowerBound)..<UInt64(range.upperBound)
            var counted = PageCounts()
            for frame in frames { if let pageClass = plan.pageClass(of: frame) { counted[pageClass] += 1 } }
            #expect(plan.counts(in: frames) == counted)
        }
    }

    @Test("a hundred blocks have exactly the shares asked for")
    func shares() throws {
        let shares = try #require(PageShares([.zero: 30, .cache: 7, .free: 50]))
        let plan = try plan(shares)
        let counts = plan.counts(in: 0x300 * 16..<0x300 * 16 + 1600)
        #expect(counts[.zero] == 480)
        #expect(counts[.cache] == 112)
        #expect(counts[.free] == 800)
        #expect(counts[.kernel] == 208)
    }

    @Test("shares of more than everything are none")
    func tooMuch() {
        #expect(PageShares([.zero: 60, .free: 41]) == nil)
        #expect(PageShares([.zero: -1]) == nil)
        #expect(PageShares([.zero: 60, .free: 40])?[.kernel] == 0)
    }

    @Test("free pages lie in aligned blocks that hold nothing else and do not overlap")
    func buddies() throws {
        let plan = try plan(.standard)
        var frame: UInt64 = 0
        while frame < 0xa000 {
            guard let block = plan.buddy(of: frame) else {
                #expect(plan.pageClass(of: frame) != .free)
                frame += 1
                continue
            }
            #expect(block.head == frame)
            #expect(block.head % block.pages == 0)
            #expect(block.order <= plan.largestOrder)
            for other in frame..<block.end {
                #expect(plan.pageClass(of: other) == .free)
                #expect(plan.buddy(of: other) == block)
            }
            frame = block.end
        }
    }

    @Test("a plan of 64 TiB is as quick as any")
    func large() throws {
        let plan = PagePlan(
            pageSize: 4096,
            largestOrder: 12,
            memory: MemoryMap(size: 64 << 40),
            kernel: [],
            window: AddressRange(0, upTo: PhysicalAddress(64 << 40)),
            mix: PageShares.standard.mix(seed: 1)
        )
        #expect(plan.counts.total == 1 << 34)
        #expect(plan.counts[.free] > (1 << 34) / 100 * 14)
    }

    @Test("a level leaves out what makedumpfile leaves out at it")
    func levels() {
        #expect(PageClass.cache.mayBeMissing(atLevel: 4))
        #expect(!PageClass.privateCache.mayBeMissing(atLevel: 2))
        #expect(!PageClass.slab.mayBeMissing(atLevel: 31))
        #expect(PageClass.free.mayBeMissing(atLevel: 16))
    }
}
