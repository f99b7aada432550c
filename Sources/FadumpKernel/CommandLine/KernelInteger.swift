/// A decimal, octal or hexadecimal integer with an optional sign, as sysctl files and `core_param` take it.
///
/// Source: `proc_dointvec`, `kstrtoint` (Linux 3.4): base 0, white space around it.
enum KernelInteger {
    /// Nil where `text` is not one integer and nothing else.
    static func parse(_ text: String) -> Int64? {
        var digits = text.trimmingSpace()
        let negative = digits.hasPrefix("-")
        if negative || digits.hasPrefix("+") { digits = digits.dropFirst() }
        guard digits.first?.isNumber == true else { return nil }
        var parser = SizeParser(digits)
        let value = parser.number()
        guard parser.remainder.isEmpty, let signed = Int64(exactly: value) else { return nil }
        return negative ? -signed : signed
    }

    /// The same from the bytes of a write; a NUL ends the text.
    static func parse(_ bytes: [UInt8]) -> Int64? {
        parse(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self))
    }
}

extension StringProtocol {
    func trimmingSpace() -> SubSequence {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return self[startIndex..<startIndex] }
        return self[first...last]
    }
}
