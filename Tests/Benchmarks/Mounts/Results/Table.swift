/// Rows of text under headings, in columns.
struct Table {
    private var rows: [[String]]

    init(_ headings: [String]) { rows = [headings] }

    mutating func add(_ row: [String]) { rows.append(row) }

    var text: String {
        let columns = rows.first?.count ?? 0
        let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).enumerated().map { index, cell in
                let space = String(repeating: " ", count: cell.1 - cell.0.count)
                // The first two are words, the others numbers and marks.
                return index < 2 ? cell.0 + space : index < 6 ? space + cell.0 : cell.0
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}

/// Three digits that count, without an exponent.
func digits(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    let places = value == 0 ? 0 : abs(value) >= 100 ? 0 : abs(value) >= 10 ? 1 : abs(value) >= 1 ? 2 : 3
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let text = String((abs(value) * scale).rounded() / scale)
    let parts = text.split(separator: ".")
    let fraction = (parts.dropFirst().first ?? "").prefix(places)
    let sign = value < 0 ? "-" : ""
    guard places > 0 else { return sign + parts[0] }
    return sign + parts[0] + "." + fraction + String(repeating: "0", count: places - fraction.count)
}

extension Results {
    var text: String {
        var table = Table(["question", "contender", "median", "quartiles", "unit", "ratio", "aim"])
        var last = ""
        for row in rows {
            let isReference = row.contender == row.reference
            table.add([
                row.question == last ? "" : row.question,
                row.contender,
                digits(row.median),
                row.rounds == 1 ? "" : "\(digits(row.lowerQuartile))..\(digits(row.upperQuartile))",
                row.unit,
                isReference ? "(1)" : row.ratio.map(digits) ?? "-",
                row.aim.map { "\($0): \(row.met == true ? "met" : "MISSED")" } ?? "",
            ])
            last = row.question
        }
        return table.text + notes.map { "note: \($0)\n" }.joined()
    }
}
