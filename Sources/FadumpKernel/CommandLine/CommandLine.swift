/// A kernel command line, cut into its parameters as the kernel cuts it.
///
/// Source: `next_arg` (Linux 3.4, kernel/params.c): white space separates, double quotes protect it.
public struct CommandLine: Sendable, Hashable {
    /// One word of a command line: a name, and a value where there is an equals sign.
    public struct Parameter: Sendable, Hashable {
        public var name: String
        /// Nil for a parameter without an equals sign.
        public var value: String?
    }

    public let text: String
    public let parameters: [Parameter]

    public init(_ text: String) {
        self.text = text
        parameters = Self.words(of: text).map(Self.parameter)
    }

    /// The values given for `name`, in order; nil for one without an equals sign.
    func values(of name: String) -> [String?] {
        parameters.filter { $0.name == name }.map(\.value)
    }

    /// The command line without the parameters of these names.
    func removing(_ names: Set<String>) -> String {
        Self.words(of: text)
            .filter { !names.contains(Self.parameter($0).name) }
            .joined(separator: " ")
    }

    private static func words(of text: String) -> [Substring] {
        var words: [Substring] = []
        var start: String.Index?
        var quoted = false
        for index in text.indices {
            let character = text[index]
            if character == "\"" { quoted.toggle() }
            if character.isWhitespace && !quoted {
                if let begin = start { words.append(text[begin..<index]) }
                start = nil
            } else if start == nil {
                start = index
            }
        }
        if let begin = start { words.append(text[begin...]) }
        return words
    }

    private static func parameter(_ word: Substring) -> Parameter {
        let unquoted = word.filter { $0 != "\"" }
        guard let equals = unquoted.firstIndex(of: "=") else { return Parameter(name: String(unquoted)) }
        return Parameter(
            name: String(unquoted[..<equals]),
            value: String(unquoted[unquoted.index(after: equals)...])
        )
    }
}
