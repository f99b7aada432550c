import Testing

@testable import PhysicalMemory

@Suite("Runs of written pages")
struct PageRunsTests {
    private func runs(_ pages: PageRuns) -> [Range<UInt64>] {
        var found: [Range<UInt64>] = []
        var offset: UInt64 = 0
        while let run = pages.next(from: offset) {
            found.append(run)
            offset = run.upperBound
        }
        return found
    }

    @Test("what touches or overlaps is one run, in whole pages")
    func insert() {
        var pages = PageRuns(page: 0x1000)
        pages.insert(0x5001..<0x5002)
        pages.insert(0x1000..<0x2000)
        #expect(runs(pages) == [0x1000..<0x2000, 0x5000..<0x6000])
        pages.insert(0x2000..<0x2001)
        #expect(runs(pages) == [0x1000..<0x3000, 0x5000..<0x6000])
        pages.insert(0x2fff..<0x5000)
        #expect(runs(pages) == [0x1000..<0x6000])
        pages.insert(0..<1)
        #expect(runs(pages) == [0..<0x6000])
        #expect(pages.next(from: 0x1234) == 0x1234..<0x6000)
        #expect(pages.next(from: 0x6000) == nil)
    }

    @Test("only whole pages are given back")
    func remove() {
        var pages = PageRuns(page: 0x1000)
        pages.insert(0..<0x8000)
        pages.remove(0x1001..<0x3fff)
        #expect(runs(pages) == [0..<0x2000, 0x3000..<0x8000])
        pages.remove(0x7000..<0x9000)
        pages.remove(0x100..<0x200)
        #expect(runs(pages) == [0..<0x2000, 0x3000..<0x7000])
        pages.remove(0..<0x10000)
        #expect(runs(pages).isEmpty)
    }

    @Test("a random history is that of a page-by-page model")
    func model() {
        var seed: UInt64 = 7
        func random(_ limit: UInt64) -> UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (seed >> 33) % limit
        }
        var pages = PageRuns(page: 16)
        var model = [Bool](repeating: false, count: 64)
        for _ in 0..<2000 {
            let start = random(1024)
            let end = min(1024, start + random(200))
            if random(2) == 0 {
                pages.insert(start..<end)
                if start < end { for page in (start / 16)...((end - 1) / 16) { model[Int(page)] = true } }
            } else {
                pages.remove(start..<end)
                for page in 0..<64 where UInt64(page) * 16 >= start && UInt64(page + 1) * 16 <= end {
                    model[page] = false
                }
            }
            var shown = [Bool](repeating: false, count: 64)
            for run in runs(pages) {
                for page in (run.lowerBound / 16)..<(run.upperBound / 16) { shown[Int(page)] = true }
            }
            #expect(shown == model)
        }
    }
}
