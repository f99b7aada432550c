/// A line of a source file that makes its room depend on a module.
enum ImportLine {
    private static let modifiers: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private",
    ]
    private static let kinds: Set<Substring> = [
        "actor", "class", "enum", "func", "let", "protocol", "struct", "typealias", "var",
    ]

    /// The module that a line of Swift imports, or the library that a line of a module map links; nil for any other
    /// line.
    static func module(_ line: some StringProtocol) -> String? {
        let words = Substring(line).split(separator: " ")
            .drop { $0.hasPrefix("@") || modifiers.contains($0) }
        guard let keyword = words.first, var name = words.dropFirst().first else { return nil }
        if keyword == "link", name.hasPrefix("\"") { return String(name.dropFirst().prefix { $0 != "\"" }) }
        guard keyword == "import" else { return nil }
        if kinds.contains(name), let entity = words.dropFirst(2).first { name = entity }
        return String(name.prefix { $0 != "." && $0 != ";" })
    }
}
