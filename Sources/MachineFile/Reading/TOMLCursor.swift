/// A place in a TOML text that moves on, and knows its line and column.
///
/// Works on scalars, not on characters: a combining mark behind a quote is still a quote and a mark.
struct TOMLCursor {
    private let scalars: [Unicode.Scalar]
    private(set) var index = 0
    private(set) var position = Position(line: 1, column: 1)

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        // A byte order mark is no part of the text.
        if scalars.first == "\u{feff}" { index = 1 }
    }

    var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    var isAtEnd: Bool { index >= scalars.count }

    /// Whether a line ends here, with LF or CR LF.
    var isAtNewline: Bool { next == "\n" || (next == "\r" && starts(with: "\r\n")) }

    func starts(with text: String) -> Bool {
        scalars[index...].starts(with: text.unicodeScalars)
    }

    mutating func advance(_ count: Int = 1) {
        for _ in 0..<count {
            guard let scalar = next else { return }
            index += 1
            position.column += 1
            if scalar == "\n" { position = Position(line: position.line + 1, column: 1) }
        }
    }

    /// Takes `text` if it stands here.
    mutating func take(_ text: String) -> Bool {
        guard starts(with: text) else { return false }
        advance(text.unicodeScalars.count)
        return true
    }

    /// Takes scalars as long as they are wanted.
    mutating func take(while isWanted: (Unicode.Scalar) -> Bool) -> String {
        var taken = String.UnicodeScalarView()
        while let scalar = next, isWanted(scalar) {
            taken.append(scalar)
            advance()
        }
        return String(taken)
    }

    mutating func skipBlanks() { _ = take { $0 == " " || $0 == "\t" } }

    /// Skips blanks, line ends and comments.
    mutating func skipLines() throws(TOMLError) {
        while true {
            skipBlanks()
            if next == "#" {
                try skipComment()
            } else if isAtNewline {
                advance(next == "\r" ? 2 : 1)
            } else {
                return
            }
        }
    }

    private mutating func skipComment() throws(TOMLError) {
        while let scalar = next, !isAtNewline {
            guard Self.isText(scalar) else { throw error("a control character in a comment") }
            advance()
        }
    }

    /// Nothing but a comment may follow on this line.
    mutating func endLine() throws(TOMLError) {
        skipBlanks()
        if next == "#" { try skipComment() }
        guard isAtEnd || isAtNewline else { throw error("nothing more is expected on this line") }
    }

    /// What stands between an earlier index and here.
    func text(from start: Int) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[start..<index])
        return String(view)
    }

    /// An error here; it quotes what stands here.
    func error(_ problem: String) -> TOMLError {
        let rest = scalars[index...].prefix { $0 != "\n" && $0 != "\r" && $0 != " " && $0 != "," }.prefix(40)
        var view = String.UnicodeScalarView()
        view.append(contentsOf: rest)
        return TOMLError(position: position, problem: problem, text: String(view))
    }

    /// Whether a scalar may stand in a comment or a string: everything but control characters other than tab.
    static func isText(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\t" || (scalar.value >= 0x20 && scalar.value != 0x7f)
    }
}
