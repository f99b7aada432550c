/// Something wrong in a machine file: where, what, and what may be meant.
public struct FileProblem: Error, Sendable, Hashable, Codable {
    public var file: String
    /// Line and column count from 1; both are 0 where the file as a whole is meant.
    public var line: Int
    public var column: Int
    /// The text that is wrong, as it stands in the file.
    public var text: String
    public var problem: String
    public var suggestion: String?
    /// The whole line, for showing the place.
    public var source: String?

    public init(
        file: String,
        line: Int,
        column: Int,
        text: String,
        problem: String,
        suggestion: String? = nil,
        source: String? = nil
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.text = text
        self.problem = problem
        self.suggestion = suggestion
        self.source = source
    }
}

/// Everything that is wrong in a machine file.
public struct FileProblems: Error, Sendable, CustomStringConvertible {
    public var problems: [FileProblem]

    public init(_ problems: [FileProblem]) { self.problems = problems }

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}

extension FileProblem: CustomStringConvertible {
    /// As compilers say it, with the line below and the text underlined.
    public var description: String {
        var lines = [location + ": " + problem + (suggestion.map { "; did you mean '\($0)'?" } ?? "")]
        if let source {
            let number = String(line)
            let margin = String(repeating: " ", count: number.count)
            // Tabs stay tabs, so that the mark stands below the text whatever they are wide.
            let indent = source.prefix(max(0, column - 1)).map { $0 == "\t" ? "\t" : " " }.joined()
            lines.append("  \(number) | \(source)")
            lines.append("  \(margin) | \(indent)" + String(repeating: "^", count: max(1, text.count)))
        }
        return lines.joined(separator: "\n")
    }

    private var location: String { line > 0 ? "\(file):\(line):\(column)" : file }
}
