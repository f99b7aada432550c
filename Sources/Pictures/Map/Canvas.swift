import Presentation

/// A line that is written to at columns, in any order; what is written later covers what was there.
struct Canvas {
    private var cells: [(character: Character, style: Style)] = []

    mutating func put(_ text: String, at column: Int, _ style: Style = .plain) {
        let end = max(0, column) + text.count
        if cells.count < end { cells += Array(repeating: (" ", .plain), count: end - cells.count) }
        for (offset, character) in text.enumerated() { cells[max(0, column) + offset] = (character, style) }
    }

    /// The line, with one span for each run of a style and nothing blank at its end.
    var text: StyledText {
        let end = cells.lastIndex { $0.character != " " }.map { $0 + 1 } ?? 0
        var result: StyledText = ""
        var run = ""
        var style = Style.plain
        for cell in cells[..<end] {
            if cell.style != style {
                result += StyledText(run, style)
                (run, style) = ("", cell.style)
            }
            run.append(cell.character)
        }
        return result + StyledText(run, style)
    }
}
