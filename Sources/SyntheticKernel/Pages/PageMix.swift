/// In which shares pages of each class follow one another, block by block.
///
/// A mix is a pattern that repeats: each of its places stands for a block of 16 pages, and every run of as many blocks
/// as it has places has exactly the shares asked for. The places are visited in strides, so that the classes lie
/// mingled.
public struct PageMix: Sendable, Hashable {
    /// The classes of one period, in the order of the blocks.
    public let pattern: [PageClass]
    /// `before[p]` counts the blocks of each class among the first p of a period.
    let before: [PageCounts]

    /// Nil for no places. `stride` has no common factor with the number of places; `start` turns the pattern.
    init?(_ places: [PageClass], stride: Int, start: UInt64) {
        guard !places.isEmpty else { return nil }
        let count = UInt64(places.count)
        pattern = (0..<count).map { index in
            places[Int((index &* UInt64(stride) &+ start % count) % count)]
        }
        var counts = PageCounts()
        var before = [counts]
        for pageClass in pattern {
            counts[pageClass] += 1
            before.append(counts)
        }
        self.before = before
    }

    /// The class of the block with this number.
    func pageClass(ofBlock block: UInt64) -> PageClass { pattern[Int(block % UInt64(pattern.count))] }

    /// How many of the first `blocks` blocks are of each class.
    func counts(ofFirst blocks: UInt64) -> PageCounts {
        let (periods, rest) = blocks.quotientAndRemainder(dividingBy: UInt64(pattern.count))
        var counts = before[Int(rest)]
        let whole = before[pattern.count]
        for pageClass in PageClass.allCases { counts[pageClass] &+= whole[pageClass] &* periods }
        return counts
    }
}

extension PageMix {
    /// What an ordinary machine has in a few places, so that there is something of everything: 20 blocks.
    static let modest: PageMix = {
        let shares: [(PageClass, Int)] = [
            (.kernel, 2), (.zero, 4), (.cache, 4), (.privateCache, 3), (.anonymous, 5), (.slab, 2),
        ]
        let places = shares.flatMap { Array(repeating: $0.0, count: $0.1) }
        return PageMix(places, stride: 7, start: 0) ?? .allFree
    }()

    /// Nothing but free pages.
    static let allFree = PageMix(free: ())

    private init(free: Void) {
        pattern = [.free]
        var one = PageCounts()
        one[.free] = 1
        before = [PageCounts(), one]
    }
}
