import PhysicalMemory

extension PagePlan {
    /// How many pages of each class there are among `frames`: computed, not counted.
    public func counts(in frames: Range<UInt64>) -> PageCounts {
        var counts = PageCounts()
        for present in memory.map({ $0.clamped(to: frames) }) where !present.isEmpty {
            var rest = [present]
            for taken in kernel.map({ $0.clamped(to: present) }) where !taken.isEmpty {
                counts[.kernel] += UInt64(taken.count)
                rest = rest.flatMap { Self.subtracting(taken, from: $0) }
            }
            for range in rest { counts += countsOfOthers(in: range) }
        }
        return counts
    }

    /// How many pages of each class there are in all.
    public var counts: PageCounts { counts(in: 0..<UInt64.max) }

    /// Counts frames that are memory and not the kernel's own.
    private func countsOfOthers(in range: Range<UInt64>) -> PageCounts {
        let inside = range.clamped(to: window)
        var counts = PageCounts()
        counts[.free] = UInt64(range.count) - UInt64(inside.count)
        guard !inside.isEmpty else { return counts }
        // Whole blocks follow from the pattern; the ends are looked at by themselves.
        let first = inside.lowerBound - window.lowerBound
        let end = inside.upperBound - window.lowerBound
        for pageClass in PageClass.allCases {
            counts[pageClass] += pages(of: pageClass, before: end) - pages(of: pageClass, before: first)
        }
        return counts
    }

    /// Pages of a class among the first `count` of the window.
    private func pages(of pageClass: PageClass, before count: UInt64) -> UInt64 {
        let blocks = count / Self.blockPages
        let rest = count % Self.blockPages
        let whole = mix.counts(ofFirst: blocks)[pageClass] * Self.blockPages
        return whole + (rest > 0 && mix.pageClass(ofBlock: blocks) == pageClass ? rest : 0)
    }
}

extension PagePlan {
    /// The frames of `range`, widened to whole blocks.
    static func blocks(of range: AddressRange, pageSize: UInt64) -> Range<UInt64> {
        let block = pageSize * blockPages
        let first = range.start.rawValue / block
        let end = range.isEmpty ? first : (range.end.rawValue - 1) / block + 1
        return first * blockPages..<end * blockPages
    }

    /// Ascending, with those that touch or overlap made one.
    static func joined(_ ranges: [Range<UInt64>]) -> [Range<UInt64>] {
        var joined: [Range<UInt64>] = []
        for range in ranges.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, range.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined
    }

    /// The range among ascending ones that holds `frame`.
    static func range(in ranges: [Range<UInt64>], holding frame: UInt64) -> Range<UInt64>? {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= frame { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(frame) ? ranges[low] : nil
    }

    static func subtracting(_ hole: Range<UInt64>, from range: Range<UInt64>) -> [Range<UInt64>] {
        guard range.overlaps(hole) else { return [range] }
        var rest: [Range<UInt64>] = []
        if range.lowerBound < hole.lowerBound { rest.append(range.lowerBound..<hole.lowerBound) }
        if hole.upperBound < range.upperBound { rest.append(hole.upperBound..<range.upperBound) }
        return rest
    }
}
