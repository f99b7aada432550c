/// Where in a store there is data, and whether it is stored or comes from the background.
struct StoreContents: Sendable {
    /// A run of bytes that may hold anything but zeros.
    struct Run: Hashable, Sendable {
        var range: Range<UInt64>
        /// Not stored: the background makes it up.
        var isGenerated: Bool
    }

    /// Pages that are stored.
    private var written: PageRuns
    /// Pages of the background that were discarded and read as zero; none of them is stored.
    private var blank: PageRuns
    private let size: UInt64
    private let page: UInt64

    /// `page` is the size of a page of the host, a power of two.
    init(size: UInt64, page: UInt64) {
        self.size = size
        self.page = page
        written = PageRuns(page: page)
        blank = PageRuns(page: page)
    }

    /// The next run at or after `offset`, up to where its kind or its neighbour changes; nil where none follows.
    func next(from offset: UInt64, over background: (any MemoryBackground)?) -> Run? {
        guard offset < size else { return nil }
        let stored = written.next(from: offset)
        let generated = background.flatMap { next(from: offset, upTo: stored?.lowerBound ?? size, of: $0) }
        if let generated { return Run(range: generated, isGenerated: true) }
        guard let stored, stored.lowerBound < size else { return nil }
        return Run(range: stored.lowerBound..<min(stored.upperBound, size), isGenerated: false)
    }

    private func next(
        from offset: UInt64,
        upTo limit: UInt64,
        of background: any MemoryBackground
    ) -> Range<UInt64>? {
        var position = offset
        while position < limit, let run = background.data(from: position), run.lowerBound < limit {
            let end = min(run.upperBound, limit)
            guard let hidden = blank.next(from: run.lowerBound), hidden.lowerBound < end else {
                return run.lowerBound..<end
            }
            if hidden.lowerBound > run.lowerBound { return run.lowerBound..<hidden.lowerBound }
            position = hidden.upperBound
        }
        return nil
    }

    /// Whether the page that holds `offset` shows the background.
    func showsBackground(at offset: UInt64) -> Bool {
        let start = offset & ~(page - 1)
        return !written.contains(start) && !blank.contains(start)
    }

    /// The pages of `range` were stored.
    mutating func store(_ range: Range<UInt64>) {
        written.insert(range)
        guard !range.isEmpty else { return }
        blank.remove((range.lowerBound & ~(page - 1))..<((range.upperBound + page - 1) & ~(page - 1)))
    }

    /// The pages that lie in `range` as a whole read as zero; `hides` says that there is a background below them.
    mutating func discard(_ range: Range<UInt64>, hides: Bool) {
        written.remove(range)
        let lower = (range.lowerBound + page - 1) & ~(page - 1)
        let upper = range.upperBound & ~(page - 1)
        if hides, lower < upper { blank.insert(lower..<upper) }
    }
}
