/// Sizes as people write them: a number, with K, M, G or T for powers of 1024, or 0x and hexadecimal digits.
public enum ByteSize {
    /// Nil where `text` is no size or does not fit 64 bits. "2G", "2GiB" and "0x80000000" are the same size.
    public static func parse(_ text: String) -> UInt64? {
        if text.lowercased().hasPrefix("0x") { return UInt64(text.dropFirst(2), radix: 16) }
        var digits = Substring(text.uppercased())
        if digits.hasSuffix("IB") { digits = digits.dropLast(2) }
        var shift: UInt64 = 0
        if let suffix = digits.last, let power = "KMGT".firstIndex(of: suffix) {
            shift = 10 * UInt64("KMGT".distance(from: "KMGT".startIndex, to: power) + 1)
            digits = digits.dropLast()
        }
        guard !digits.isEmpty, digits.allSatisfy(\.isNumber), let number = UInt64(digits) else { return nil }
        let (size, overflow) = number.multipliedReportingOverflow(by: 1 << shift)
        return overflow ? nil : size
    }

    /// The shortest exact way to write `size`.
    public static func text(_ size: UInt64) -> String {
        for (suffix, shift) in [("T", 40), ("G", 30), ("M", 20), ("K", 10)] as [(String, UInt64)]
        where size > 0 && size.isMultiple(of: 1 << shift) {
            return "\(size >> shift)\(suffix)"
        }
        return String(size)
    }
}
