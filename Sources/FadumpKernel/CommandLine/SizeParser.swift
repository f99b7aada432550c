import KernelProfile

/// Reads numbers as the kernel's string functions do: as far as they go, never failing.
///
/// Source: `simple_strtoull` and `memparse` (Linux 3.4, lib/vsprintf.c, lib/cmdline.c).
struct SizeParser {
    private var rest: Substring

    init(_ text: some StringProtocol) { rest = Substring(text) }

    /// What has not been read yet.
    var remainder: Substring { rest }

    /// A number with base 0 (0x: sixteen, 0: eight, else ten), wrapping like the kernel's; 0 where there is none.
    mutating func number() -> UInt64 {
        var radix: UInt64 = 10
        if rest.first == "0" {
            radix = 8
            let afterZero = rest.dropFirst()
            if let x = afterZero.first, x == "x" || x == "X", afterZero.dropFirst().first?.isHexDigit == true
            {
                radix = 16
                rest = afterZero.dropFirst()
            }
        }
        var value: UInt64 = 0
        while let digit = rest.first?.hexDigitValue.map(UInt64.init), digit < radix {
            value = value &* radix &+ digit
            rest = rest.dropFirst()
        }
        return value
    }

    /// A number with an optional size suffix, in either case, out of `suffixes`.
    mutating func size(_ suffixes: [Character]) -> UInt64 {
        var value = number()
        let upper = rest.first.flatMap { $0.uppercased().first }
        if let upper, let power = suffixes.firstIndex(of: upper) {
            for _ in 0...power { value = value &* 1024 }
            rest = rest.dropFirst()
        }
        return value
    }

    /// Passes over `character` if it is next.
    mutating func skip(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest = rest.dropFirst()
        return true
    }
}
