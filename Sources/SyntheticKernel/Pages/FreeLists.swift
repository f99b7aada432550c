/// The free blocks of a plan, order by order, as the buddy allocator lists them: by address.
///
/// Kept as runs of blocks that follow one another in equal steps, so that any number of them takes a few words.
struct FreeLists: Sendable {
    /// Blocks of one order, at equal distances, or those that a pattern says are free.
    private struct Run: Sendable {
        /// The frame of the first block, and the first frame behind the last.
        var first: UInt64
        var end: UInt64
        /// Follows the pattern: of the blocks between, only those of class free count.
        var isPattern: Bool
    }

    /// The list that all free blocks are on: of movable pages, before 4.x of reclaimable ones.
    static let list = 1

    private let plan: PagePlan
    private var runs: [[Run]]
    /// For each place of the pattern the distance in blocks to the next free one, itself included, and to the last one
    /// before it; nil where none is free.
    private let distances: [(next: UInt64, previous: UInt64)]?

    init(_ plan: PagePlan) {
        self.plan = plan
        runs = Array(repeating: [], count: plan.largestOrder + 1)
        distances = Self.distances(plan.mix.pattern)
        for memory in plan.memory {
            var parts = [memory]
            for taken in plan.kernel where taken.overlaps(memory) {
                parts = parts.flatMap { PagePlan.subtracting(taken, from: $0) }
            }
            for part in parts { add(part) }
        }
    }

    private mutating func add(_ part: Range<UInt64>) {
        addFree(part.clamped(to: 0..<min(plan.window.lowerBound, part.upperBound)))
        let inside = part.clamped(to: plan.window)
        if !inside.isEmpty { addMixed(inside) }
        addFree(part.clamped(to: max(plan.window.upperBound, part.lowerBound)..<UInt64.max))
    }

    /// Frames that are all free: aligned blocks, as large as they can be.
    private mutating func addFree(_ range: Range<UInt64>) {
        var frame = range.lowerBound
        while frame < range.upperBound {
            var order = min(frame == 0 ? plan.largestOrder : frame.trailingZeroBitCount, plan.largestOrder)
            while frame + (1 << UInt64(order)) > range.upperBound { order -= 1 }
            let size: UInt64 = 1 << UInt64(order)
            let count = order == plan.largestOrder ? (range.upperBound - frame) / size : 1
            runs[order].append(Run(first: frame, end: frame + count * size, isPattern: false))
            frame += count * size
        }
    }

    /// Frames of the window: whole blocks follow the pattern, cut ones are looked at.
    private mutating func addMixed(_ range: Range<UInt64>) {
        let size = PagePlan.blockPages
        let first = min((range.lowerBound + size - 1) / size * size, range.upperBound)
        let end = max(range.upperBound / size * size, first)
        if first > range.lowerBound, plan.pageClass(of: range.lowerBound) == .free {
            addFree(range.lowerBound..<first)
        }
        if end > first {
            runs[PagePlan.blockOrder].append(Run(first: first, end: end, isPattern: true))
        }
        if range.upperBound > end, plan.pageClass(of: end) == .free { addFree(end..<range.upperBound) }
    }

    /// Blocks of this order.
    func count(ofOrder order: Int) -> UInt64 {
        runs[order].reduce(0) { sum, run in
            guard run.isPattern else { return sum + ((run.end - run.first) >> UInt64(order)) }
            return sum + plan.counts(in: run.first..<run.end)[.free] / PagePlan.blockPages
        }
    }

    /// The first and the last block of this order.
    func first(ofOrder order: Int) -> UInt64? { next(atOrAfter: 0, order) }
    func last(ofOrder order: Int) -> UInt64? { previous(before: .max, order) }

    /// The frame of the first block of this order at or after a frame.
    func next(atOrAfter frame: UInt64, _ order: Int) -> UInt64? {
        let size: UInt64 = 1 << UInt64(order)
        for run in runs[order][index(endingBehind: frame, order)...] {
            let start = max(frame, run.first)
            let aligned = run.first + (start - run.first + size - 1) / size * size
            if let found = run.isPattern ? free(atOrAfter: aligned) : aligned, found < run.end {
                return found
            }
        }
        return nil
    }

    /// The frame of the last block of this order that begins before a frame.
    func previous(before frame: UInt64, _ order: Int) -> UInt64? {
        let size: UInt64 = 1 << UInt64(order)
        let behind = min(index(endingBehind: frame, order), runs[order].count - 1)
        for run in stride(from: behind, through: 0, by: -1).lazy.map({ runs[order][$0] })
        where run.first < frame {
            let start = min(frame, run.end) - run.first
            guard start > 0 else { continue }
            let aligned = run.first + (start - 1) / size * size
            if let found = run.isPattern ? free(atOrBefore: aligned) : aligned, found >= run.first {
                return found
            }
        }
        return nil
    }

    private func index(endingBehind frame: UInt64, _ order: Int) -> Int {
        var (low, high) = (0, runs[order].count)
        while low < high {
            let middle = (low + high) / 2
            if runs[order][middle].end <= frame { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

// MARK: The pattern

extension FreeLists {
    private func free(atOrAfter frame: UInt64) -> UInt64? {
        distance(frame).map { frame + $0.next * PagePlan.blockPages }
    }

    private func free(atOrBefore frame: UInt64) -> UInt64? {
        guard let distance = distance(frame)?.previous else { return nil }
        let back = distance * PagePlan.blockPages
        return back <= frame ? frame - back : nil
    }

    private func distance(_ frame: UInt64) -> (next: UInt64, previous: UInt64)? {
        guard let distances, frame >= plan.window.lowerBound else { return nil }
        return distances[Int(plan.block(frame) % UInt64(distances.count))]
    }

    private static func distances(_ pattern: [PageClass]) -> [(next: UInt64, previous: UInt64)]? {
        guard pattern.contains(.free) else { return nil }
        let count = pattern.count
        return (0..<count).map { place in
            let next = (0..<count).first { pattern[(place + $0) % count] == .free } ?? 0
            let previous = (0..<count).first { pattern[(place + count - $0) % count] == .free } ?? 0
            return (UInt64(next), UInt64(previous))
        }
    }
}
