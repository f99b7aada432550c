import Machine

/// A machine file: what it says about a machine and its mount, and where it says it.
///
/// TOML with a key for every option of `fadumpfs mount`. Reading it throws for what is no TOML; `apply` throws
/// everything else that is wrong, all of it at once. Nothing a file holds can end the program.
public struct MachineFile: Sendable {
    /// The most a machine file may be.
    public static let sizeLimit = 1 << 20

    public let path: String
    /// The values as options would have them.
    private(set) var values: [FileKey: String] = [:]
    /// Unknown keys, and values of the wrong kind.
    private(set) var problems: [FileProblem] = []
    private let lines: [Substring]
    private let positions: [[String]: EntryPosition]

    /// Reads `text`, which came from `path`.
    public init(parsing text: String, path: String) throws(FileProblems) {
        self.path = path
        // A line break of DOS is one character to Swift, and not "\n".
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let members: [String: WrittenValue]
        do {
            let document = try TOMLReader(text)
            (members, positions) = (document.members, document.positions)
        } catch {
            throw FileProblems([Self.syntaxProblem(error, path, lines)])
        }
        for (key, value) in members {
            do {
                let (known, text) = try read(key, value)
                values[known] = text
            } catch {
                problems.append(error)
            }
        }
        refuseAlternatives()
    }

    /// Two keys that say the same leave open which one holds.
    private mutating func refuseAlternatives() {
        for case .machine(let setting) in values.keys.sorted(by: { $0.name < $1.name }) {
            guard let other = setting.alternative, setting.rawValue > other.rawValue else { continue }
            guard values[.machine(other)] != nil else { continue }
            problems.append(
                problem(
                    at: [setting.rawValue],
                    "'\(other.rawValue)' says the same; give one of them",
                    isKey: true
                )
            )
        }
    }

    private func read(_ key: String, _ value: WrittenValue) throws(FileProblem) -> (FileKey, String) {
        guard let known = FileKey(key) else {
            let names = FileKey.allCases.map(\.name)
            let nearest = Spelling.nearest(to: key, among: names)
            let hint = nearest == nil ? "; there are: \(names.joined(separator: ", "))" : ""
            throw problem(
                at: [key],
                "'\(key)' is no key of a machine file" + hint,
                suggestion: nearest,
                isKey: true
            )
        }
        guard let text = known.kind.text(of: value) else {
            throw problem(at: [key], "\(key) is \(value.word); write \(known.kind.expectation)")
        }
        if case .table(let rules) = value { try check(rules, of: key, known.kind) }
        return (known, text)
    }

    /// Finds the rule of a table that is none, so that the problem stands at its line.
    private func check(
        _ rules: [String: WrittenValue],
        of key: String,
        _ kind: SettingKind
    ) throws(FileProblem) {
        for (name, value) in rules {
            guard let text = kind.text(of: .table([name: value])) else {
                throw problem(at: [key, name], "\(name) is \(value.word); write \(kind.expectation)")
            }
            if let wrong = kind.problem(with: text) { throw problem(at: [key, name], wrong) }
        }
    }

    private static func syntaxProblem(_ error: TOMLError, _ path: String, _ lines: [Substring]) -> FileProblem
    {
        let (line, column) = (error.position.line, error.position.column)
        return FileProblem(
            file: path,
            line: line,
            column: column,
            text: error.text,
            problem: error.problem,
            source: lines.indices.contains(line - 1) ? String(lines[line - 1]) : nil
        )
    }

    /// A problem at a key or its value; at the top of the file where the key cannot be found.
    func problem(
        at keys: [String],
        _ problem: String,
        suggestion: String? = nil,
        isKey: Bool = false
    ) -> FileProblem {
        // A table without a header of its own is known by its first member.
        let position =
            positions[keys]
            ?? positions.filter { $0.key.starts(with: keys) }.map(\.value)
            .min { ($0.key.line, $0.key.column) < ($1.key.line, $1.key.column) }
        let place = isKey ? position?.key : position?.value
        let line = place?.line ?? 0
        return FileProblem(
            file: path,
            line: line,
            column: place?.column ?? 0,
            text: isKey ? keys.last ?? "" : position?.valueText ?? "",
            problem: problem,
            suggestion: suggestion,
            source: lines.indices.contains(line - 1) ? String(lines[line - 1]) : nil
        )
    }

    /// Where a key of this file stands.
    func origin(of key: FileKey) -> SettingOrigin {
        let position = problem(at: [key.name], "", isKey: true)
        return .file(path, line: position.line, column: position.column)
    }
}
