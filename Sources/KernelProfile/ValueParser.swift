/// How a written value is read.
public enum ValueParser: Sendable, Hashable {
    /// The first byte decides: "10", "1x" and "1\n" all are 1 (3.4 to 4.14).
    case firstByte
    /// `kstrtoint` with base 0: an optional sign, decimal, 0x or octal digits, at most one newline, then the end
    /// of the text or a NUL (4.19 and later).
    case integer

    /// The value of `bytes` as the kernel reads it, or nil where it is not one.
    public func value(of bytes: [UInt8]) -> Int? {
        switch self {
        case .firstByte:
            guard let first = bytes.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
                return nil
            }
            return Int(first - UInt8(ascii: "0"))
        case .integer:
            return Self.integer(bytes.prefix { $0 != 0 })
        }
    }

    /// Source: `kstrtoint`, `_kstrtoull`, `_parse_integer_fixup_radix` (lib/kstrtox.c).
    private static func integer(_ text: ArraySlice<UInt8>) -> Int? {
        var rest = text
        let negative = rest.first == UInt8(ascii: "-")
        if negative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        var radix = 10
        if rest.first == UInt8(ascii: "0") {
            radix = 8
            let behind = rest.dropFirst()
            if let x = behind.first, x | 0x20 == UInt8(ascii: "x"),
                let digit = behind.dropFirst().first, digitValue(digit) < 16
            {
                radix = 16
                rest = behind.dropFirst()
            }
        }
        var value = 0
        var digits = 0
        while let byte = rest.first, digitValue(byte) < radix {
            let (product, tooLarge) = value.multipliedReportingOverflow(by: radix)
            let (sum, overflow) = product.addingReportingOverflow(digitValue(byte))
            guard !tooLarge, !overflow else { return nil }
            value = sum
            digits += 1
            rest = rest.dropFirst()
        }
        if rest.first == UInt8(ascii: "\n") { rest = rest.dropFirst() }
        guard digits > 0, rest.isEmpty else { return nil }
        let signed = negative ? -value : value
        return Int32(exactly: signed).map(Int.init)
    }

    private static func digitValue(_ byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
        default: 16
        }
    }
}
