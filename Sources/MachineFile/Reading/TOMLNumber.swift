/// A whole number as TOML writes it: decimal, or 0x, 0o and 0b, with underscores between digits.
struct TOMLNumber {
    /// Nil where it does not fit.
    let value: Int?

    /// Nil where `word` is no whole number.
    init?(_ word: String) {
        let radixes = ["0x": 16, "0o": 8, "0b": 2]
        let radix = radixes[String(word.prefix(2))]
        let isSigned = word.hasPrefix("-") || word.hasPrefix("+")
        let digits = radix != nil ? word.dropFirst(2) : isSigned ? word.dropFirst() : word[...]
        guard Self.isNumber(digits, radix ?? 10), radix != nil || digits.count == 1 || digits.first != "0"
        else {
            return nil
        }
        let plain = digits.replacing("_", with: "")
        value = Int((word.hasPrefix("-") ? "-" : "") + plain, radix: radix ?? 10)
    }

    /// Digits, each underscore between two of them.
    private static func isNumber(_ text: Substring, _ radix: Int) -> Bool {
        let groups = text.split(separator: "_", omittingEmptySubsequences: false)
        return groups.allSatisfy { group in
            !group.isEmpty && group.utf8.allSatisfy { $0 < 128 } && group.allSatisfy { $0.isHexDigit }
                && group.allSatisfy { ($0.hexDigitValue ?? radix) < radix }
        }
    }

    /// 1.5, 1e3, inf, nan.
    static func isFraction(_ word: String) -> Bool {
        let unsigned = word.hasPrefix("-") || word.hasPrefix("+") ? word.dropFirst() : word[...]
        if unsigned == "inf" || unsigned == "nan" { return true }
        return unsigned.first?.isNumber == true
            && unsigned.allSatisfy { $0.isNumber || "._eE+-".contains($0) }
            && unsigned.contains { ".eE".contains($0) }
    }

    /// 2026-01-01, 10:00:00, 2026-01-01T10:00:00Z.
    static func isDate(_ word: String) -> Bool {
        word.first?.isNumber == true && word.allSatisfy { $0.isNumber || "-:.TtZz+".contains($0) }
            && word.contains { $0 == "-" || $0 == ":" }
    }
}
