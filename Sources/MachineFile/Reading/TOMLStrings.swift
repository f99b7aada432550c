extension TOMLCursor {
    /// A string of any of the four kinds: basic or literal, on one line or over several.
    mutating func readString() throws(TOMLError) -> String {
        let start = self
        let quote = next == "'" ? "'" : "\""
        let isLong = starts(with: quote + quote + quote)
        let mark = isLong ? quote + quote + quote : quote
        advance(mark.count)
        // A line end right behind the opening marks is no part of the text.
        if isLong, isAtNewline { advance(next == "\r" ? 2 : 1) }
        var text = String.UnicodeScalarView()
        while let scalar = next {
            if take(mark) {
                // One or two quotes may stand right before the closing marks.
                for _ in 0..<2 where isLong && take(quote) { text.append(contentsOf: quote.unicodeScalars) }
                return String(text)
            }
            if isAtNewline {
                guard isLong else { break }
                if scalar == "\r" { advance() }
                text.append("\n")
                advance()
            } else if scalar == "\\", quote == "\"" {
                try readEscape(into: &text, isLong: isLong)
            } else {
                guard Self.isText(scalar) else {
                    throw error("a control character in a text; write it as \\u00XX")
                }
                text.append(scalar)
                advance()
            }
        }
        throw start.error("this text does not end: \(mark) is missing")
    }

    private mutating func readEscape(into text: inout String.UnicodeScalarView, isLong: Bool)
        throws(TOMLError)
    {
        let start = self
        advance()
        let simple: [Unicode.Scalar: Unicode.Scalar] = [
            "b": "\u{8}", "t": "\t", "n": "\n", "f": "\u{c}", "r": "\r", "\"": "\"", "\\": "\\",
        ]
        guard let scalar = next else { throw start.error("a text ends behind '\\'") }
        if let meant = simple[scalar] {
            text.append(meant)
            advance()
        } else if scalar == "u" || scalar == "U" {
            advance()
            var digits = ""
            while digits.count < (scalar == "u" ? 4 : 8), let digit = next, Character(digit).isHexDigit {
                digits.unicodeScalars.append(digit)
                advance()
            }
            guard digits.count == (scalar == "u" ? 4 : 8), let value = UInt32(digits, radix: 16),
                let meant = Unicode.Scalar(value)
            else {
                throw start.error(
                    "\\u takes four hexadecimal digits and \\U eight, of a character that exists"
                )
            }
            text.append(meant)
        } else if isLong, lineEndsHere {
            _ = take { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
        } else {
            throw start.error("'\\\(scalar)' means nothing; a backslash is written twice")
        }
    }

    /// Whether only blanks are left on the line: a backslash there joins it with the next.
    private var lineEndsHere: Bool {
        var copy = self
        copy.skipBlanks()
        return copy.isAtNewline
    }
}
