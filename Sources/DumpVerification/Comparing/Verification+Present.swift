import DumpFormats

/// What the dump has: page by page, whether it is what memory was.
extension Verification {
    /// Judges memory of which the dump has some or all; it fits the buffer.
    mutating func judge(_ range: Range<UInt64>) throws(DumpFailure) {
        guard range.lowerBound >= unreadableEnd else {
            add(.unreadable, range)
            return
        }
        let bytes = UnsafeMutableRawBufferPointer(
            rebasing: chunk[..<Int(range.upperBound - range.lowerBound)]
        )
        let present: [Range<Int>]
        do throws(DumpFailure) { present = try dump.read(at: range.lowerBound, into: bytes) } catch {
            try judgeUnreadable(range, error)
            return
        }
        let all = UnsafeRawBufferPointer(bytes)
        if present == [0..<bytes.count], try comparator.isRight(all, at: range.lowerBound) {
            add(.right, range)
            return
        }
        var position = range.lowerBound
        while position < range.upperBound {
            let end = comparator.units.end(of: position, in: range.upperBound)
            let place = Int(position - range.lowerBound)..<Int(end - range.lowerBound)
            if present.contains(where: {
                $0.lowerBound <= place.lowerBound && place.upperBound <= $0.upperBound
            }) {
                let unit = UnsafeRawBufferPointer(rebasing: all[place])
                try judge(unit, at: position)
            } else {
                try judgeAbsent(position..<end)
            }
            position = end
        }
    }

    /// Judges a unit that the dump has.
    private mutating func judge(_ bytes: UnsafeRawBufferPointer, at address: UInt64) throws(DumpFailure) {
        let range = address..<(address + UInt64(bytes.count))
        if try comparator.isRight(bytes, at: address) { return add(.right, range) }
        add(.wrong, range, pageClass(at: address), try describe(bytes, at: address))
        if wrong.count < WrongPage.limit {
            wrong.append(WrongPage(range: range, hash: .init(of: bytes), isZero: Bytes.areZero(bytes)))
        }
    }

    private mutating func describe(
        _ bytes: UnsafeRawBufferPointer,
        at address: UInt64
    ) throws(DumpFailure) -> String {
        if Bytes.areZero(bytes) { return "zeros, which it was not" }
        guard let difference = try comparator.difference(bytes, at: address) else {
            return "differs from its hash"
        }
        let bits = difference.bits == 1 ? "1 bit" : "\(difference.bits) bits"
        return "differs from byte \(difference.offset) on, in \(bits)"
    }
}
