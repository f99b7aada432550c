/// A row of the table of rooms in `.github/ARCHITECTURE.md`.
struct Row: Equatable {
    var room: String
    var imports: Set<String>
    var outside: Set<String>
}

/// What the page says of the house.
enum Page {
    static let path = ".github/ARCHITECTURE.md"
    static let heading = "| room | what lives here | imports | outside |"

    /// The rows of the table of rooms in their order, the roof first.
    static func rows(of page: String) throws -> [Row] {
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { $0 == heading }) else {
            throw Repository.Missing(description: "\(path) has no table that begins \(heading)")
        }
        return try lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map(row)
    }

    private static func row(_ line: Substring) throws -> Row {
        let cells = line.split(separator: "|").map(trimmed)
        guard cells.count == 4 else {
            throw Repository.Missing(description: "\(path): a row without four cells: \(line)")
        }
        let room = String(cells[0].filter { $0 != "`" })
        return Row(room: room, imports: list(cells[2]), outside: list(cells[3]))
    }

    /// A list with commas; `-` is none.
    private static func list(_ cell: Substring) -> Set<String> {
        Set(cell.split(separator: ",").map { String(trimmed($0)) }.filter { $0 != "-" })
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let start = text.drop { $0 == " " }
        guard let last = start.lastIndex(where: { $0 != " " }) else { return "" }
        return start[...last]
    }
}
