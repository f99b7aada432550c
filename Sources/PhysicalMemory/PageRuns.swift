/// Which pages of a store were written: runs of bytes in ascending order, whole pages each, none touching the next.
///
/// The kernel could tell, but it counts every page of a run to find its end; who asks before every read asks here.
struct PageRuns: Sendable {
    private var runs: [Range<UInt64>] = []
    private let page: UInt64

    /// `page` is the size of a page of the host, a power of two.
    init(page: UInt64) { self.page = page }

    /// The first run that ends behind `offset`, without what lies before `offset`; nil where none follows.
    func next(from offset: UInt64) -> Range<UInt64>? {
        let index = firstIndex(endingBehind: offset)
        guard index < runs.count else { return nil }
        return max(offset, runs[index].lowerBound)..<runs[index].upperBound
    }

    /// Whether the page at `offset` is in a run.
    func contains(_ offset: UInt64) -> Bool { next(from: offset)?.lowerBound == offset }

    /// The pages of `range` were written.
    mutating func insert(_ range: Range<UInt64>) {
        guard !range.isEmpty else { return }
        var merged = down(range.lowerBound)..<up(range.upperBound)
        // A run that ends just where this one begins is one with it.
        let first = firstIndex(endingBehind: merged.lowerBound == 0 ? 0 : merged.lowerBound - 1)
        var last = first
        while last < runs.count, runs[last].lowerBound <= merged.upperBound {
            let lower = min(merged.lowerBound, runs[last].lowerBound)
            merged = lower..<max(merged.upperBound, runs[last].upperBound)
            last += 1
        }
        runs.replaceSubrange(first..<last, with: CollectionOfOne(merged))
    }

    /// The pages that lie in `range` as a whole were given back.
    mutating func remove(_ range: Range<UInt64>) {
        let lower = up(range.lowerBound)
        let upper = down(range.upperBound)
        guard lower < upper else { return }
        let first = firstIndex(endingBehind: lower)
        var last = first
        var rest: [Range<UInt64>] = []
        while last < runs.count, runs[last].lowerBound < upper {
            let run = runs[last]
            if run.lowerBound < lower { rest.append(run.lowerBound..<lower) }
            if run.upperBound > upper { rest.append(upper..<run.upperBound) }
            last += 1
        }
        runs.replaceSubrange(first..<last, with: rest)
    }

    /// The index of the first run whose end lies behind `offset`.
    private func firstIndex(endingBehind offset: UInt64) -> Int {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func down(_ offset: UInt64) -> UInt64 { offset & ~(page - 1) }
    private func up(_ offset: UInt64) -> UInt64 { (offset + page - 1) & ~(page - 1) }
}
