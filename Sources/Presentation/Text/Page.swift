/// Lines of text for people, as a verb writes them.
public struct Page: Sendable, Hashable {
    public private(set) var lines: [StyledText] = []
    /// Columns that a line may have where its content can be fitted.
    public let width: Int

    public init(width: Int = 80) { self.width = width }

    public mutating func line(_ text: StyledText = "") { lines.append(text) }

    public mutating func heading(_ text: String) { lines.append(StyledText(text, .bold)) }

    /// `label:    value`, with values in one column.
    public mutating func fields(_ fields: [(label: String, value: StyledText)]) {
        let column = (fields.map(\.label.count).max() ?? 0) + 2
        for (label, value) in fields { line(StyledText(label + ":", .dim).padded(to: column) + value) }
    }

    /// Rows with their cells in columns, two spaces between them; `right` names the columns of numbers.
    public mutating func table(_ header: [String] = [], _ rows: [[StyledText]], right: Set<Int> = []) {
        let head = header.isEmpty ? [] : [header.map { StyledText($0, .dim) }]
        let all = head + rows
        let columns = all.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            all.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0
        }
        for row in all {
            var text: StyledText = ""
            for (column, cell) in row.enumerated() {
                let fill = StyledText(String(repeating: " ", count: widths[column] - cell.width))
                let isLast = column == row.count - 1
                if column > 0 { text += "  " }
                text += right.contains(column) ? fill + cell : isLast ? cell : cell + fill
            }
            line(text)
        }
    }

    /// The page as it is written to a file or pipe.
    public var plain: String { lines.map { $0.plain + "\n" }.joined() }

    /// The page as a terminal shows it.
    public var ansi: String { lines.map { $0.ansi + "\n" }.joined() }
}
