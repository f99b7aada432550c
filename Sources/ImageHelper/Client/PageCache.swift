/// The pages that were read last: reads of a few bytes do not ask the helper each time.
struct PageCache: Sendable {
    /// Bytes of a page here, whatever a page is in the image.
    static let pageSize = 64 << 10
    private static let most = 16

    private var pages: [(number: UInt64, bytes: [UInt8])] = []

    func contains(_ page: UInt64) -> Bool { pages.contains { $0.number == page } }

    mutating func insert(_ page: UInt64, _ bytes: [UInt8]) {
        if pages.count >= Self.most { pages.removeFirst() }
        pages.append((page, bytes))
    }

    /// Copies what `buffer` takes of a page from `start` on, and returns how much that was.
    func copy(_ page: UInt64, from start: Int, to buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard let bytes = pages.first(where: { $0.number == page })?.bytes, start < bytes.count else {
            return 0
        }
        let count = min(bytes.count - start, buffer.count)
        buffer.copyBytes(from: bytes[start..<(start + count)])
        return count
    }
}

/// The answers to where memory is, given lately.
struct RunCache: Sendable {
    private static let most = 16

    /// An empty run stands for none.
    private var runs: [(asked: UInt64, run: Range<UInt64>)] = []

    mutating func insert(_ run: Range<UInt64>, askedFrom asked: UInt64) {
        if runs.count >= Self.most { runs.removeFirst() }
        runs.append((asked, run))
    }

    /// The run at or after `offset`, where that is known.
    subscript(_ offset: UInt64) -> Range<UInt64>? {
        guard let known = runs.first(where: { $0.asked <= offset && offset < max($0.run.upperBound, 1) })
        else {
            return nil
        }
        return known.run.isEmpty ? known.run : max(offset, known.run.lowerBound)..<known.run.upperBound
    }
}
