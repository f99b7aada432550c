extension MemoryStore {
    /// The first offset in `range` that may hold anything but zeros.
    func firstData(in range: Range<UInt64>) -> UInt64? {
        guard let start = data(from: range.lowerBound)?.range.lowerBound, start < range.upperBound else {
            return nil
        }
        return max(start, range.lowerBound)
    }

    /// The first offset in `range` that nothing was written to.
    func firstHole(in range: Range<UInt64>) -> UInt64? {
        // Stored and generated runs follow one another without a hole between them.
        var position = range.lowerBound
        while position < range.upperBound {
            guard let data = data(from: position)?.range, data.lowerBound <= position else { return position }
            position = data.upperBound
        }
        return nil
    }
}
