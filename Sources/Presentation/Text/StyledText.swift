/// Text with styles, which is plain text where nobody can see them.
public struct StyledText: Sendable, Hashable, ExpressibleByStringInterpolation {
    struct Span: Sendable, Hashable {
        var text: String
        var style: Style
    }

    private(set) var spans: [Span]

    public init(_ text: String, _ style: Style = .plain) {
        spans = text.isEmpty ? [] : [Span(text: text, style: style)]
    }

    public init(stringLiteral value: String) { self.init(value) }

    /// The text alone.
    public var plain: String { spans.map(\.text).joined() }

    /// The text with escape sequences.
    public var ansi: String {
        spans.map { span in span.style.code.map { "\u{1b}[\($0)m\(span.text)\u{1b}[0m" } ?? span.text }
            .joined()
    }

    /// Columns on a terminal.
    public var width: Int { spans.reduce(0) { $0 + $1.text.count } }

    /// This with spaces behind it up to `width` columns.
    public func padded(to width: Int) -> StyledText {
        self + StyledText(String(repeating: " ", count: max(0, width - self.width)))
    }

    public static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        sum.spans += right.spans
        return sum
    }

    public static func += (left: inout StyledText, right: StyledText) { left.spans += right.spans }
}
