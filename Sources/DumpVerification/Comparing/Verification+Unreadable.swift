import DumpFormats

/// What cannot be read of the dump, which is a finding like others.
extension Verification {
    /// Finds out what of some memory can be read, by halves; where the file just ends, nothing behind that can.
    mutating func judgeUnreadable(
        _ range: Range<UInt64>,
        _ error: DumpFailure
    ) throws(DumpFailure) {
        let unit = comparator.units.end(of: range.lowerBound, in: range.upperBound)
        guard unit < range.upperBound else {
            note(error)
            add(.unreadable, range)
            endOfFile(at: range.lowerBound, error)
            return
        }
        let pageSize = comparator.units.pageSize
        let middle = (range.lowerBound + (range.upperBound - range.lowerBound) / 2) & ~(pageSize - 1)
        let split = middle <= range.lowerBound ? unit : middle
        try judge(range.lowerBound..<split)
        try judge(split..<range.upperBound)
    }

    /// Where a core file ends inside a segment, it has nothing of what follows in that either.
    private mutating func endOfFile(at address: UInt64, _ error: DumpFailure) {
        guard dump.description.format != .kdump, case .malformed(.truncated, _) = error,
            let run = try? dump.run(at: address)
        else { return }
        unreadableEnd = run.range.end.rawValue
    }

    mutating func note(_ error: DumpFailure) {
        // The first says where it begins; more of them would say the same.
        if result.pages[.unreadable] == 0 { result.problems.append(error.description) }
    }
}
