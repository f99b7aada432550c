import BinaryCodec

/// Which part of the page array describes which memory: sections of equal size, those with memory one behind the other.
///
/// The array has no elements for holes between sections. It is followed by the table of sections, in pages of its own.
struct SectionMap: Sendable {
    /// Sections that follow one another, and the index of the first among all that have elements.
    struct Run: Sendable, Hashable {
        var sections: Range<UInt64>
        var index: UInt64
    }

    let layout: KernelLayout
    private(set) var runs: [Run] = []

    /// The sections that `memory` (frames, ascending) touches, at most `most` of them.
    init(_ layout: KernelLayout, memory: [Range<UInt64>], most: UInt64) {
        self.layout = layout
        let pages = layout.sectionPages
        var count: UInt64 = 0
        for range in memory where !range.isEmpty {
            var first = range.lowerBound / pages
            var end = (range.upperBound - 1) / pages + 1
            if let last = runs.last { first = max(first, last.sections.upperBound) }
            guard first < end else { continue }
            end = first + min(end - first, most - count)
            guard first < end else { break }
            runs.append(Run(sections: first..<end, index: count))
            count += end - first
        }
        sections = count
    }

    /// The first address behind the last section that has elements.
    var end: UInt64 { (runs.last?.sections.upperBound ?? 0) << UInt64(layout.architecture.sectionBits) }

    /// Sections with elements.
    private(set) var sections: UInt64 = 0

    /// Bytes of the elements of a section.
    var sectionBytes: UInt64 { layout.sectionPages * UInt64(KernelLayout.pageStructureSize) }
    /// Bytes of all elements, in whole pages.
    var arrayBytes: UInt64 { (sections * sectionBytes).alignedUp(to: layout.pageSize) }
    /// Pages of the table: one for so many sections, where there are any.
    var tables: [UInt64] {
        var tables: [UInt64] = []
        for run in runs {
            let first = run.sections.lowerBound / layout.sectionsPerRoot
            let last = (run.sections.upperBound - 1) / layout.sectionsPerRoot
            for table in first...last where table != tables.last { tables.append(table) }
        }
        return tables
    }

    /// The frame that the element with this number describes.
    func frame(ofElement element: UInt64) -> UInt64? {
        let section = element / layout.sectionPages
        var (low, high) = (0, runs.count)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].index <= section { low = middle + 1 } else { high = middle }
        }
        guard low > 0, section < sections else { return nil }
        let run = runs[low - 1]
        return (run.sections.lowerBound + (section - run.index)) * layout.sectionPages
            + element % layout.sectionPages
    }

    /// The number of the element that describes a frame; nil where there is none.
    func element(of frame: UInt64) -> UInt64? {
        guard let index = index(ofSection: frame / layout.sectionPages) else { return nil }
        return index * layout.sectionPages + frame % layout.sectionPages
    }

    /// The place of a section among those that have elements.
    func index(ofSection section: UInt64) -> UInt64? {
        var (low, high) = (0, runs.count)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].sections.upperBound <= section { low = middle + 1 } else { high = middle }
        }
        guard low < runs.count, runs[low].sections.contains(section) else { return nil }
        return runs[low].index + (section - runs[low].sections.lowerBound)
    }
}
