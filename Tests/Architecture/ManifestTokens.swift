/// Package.swift cut into what matters for reading it: names, texts and punctuation, without comments and space.
enum ManifestToken: Equatable {
    case name(String)
    case text(String)
    case mark(Character)

    /// Texts are taken to hold no escapes and to end on their line, as those of a manifest do.
    static func tokens(of source: String) -> [ManifestToken] {
        var tokens: [ManifestToken] = []
        for line in source.split(whereSeparator: \.isNewline) {
            var rest = line
            while let first = rest.first {
                if rest.hasPrefix("//") { break }
                if first == "\"" {
                    let text = rest.dropFirst().prefix { $0 != "\"" }
                    tokens.append(.text(String(text)))
                    rest = rest.dropFirst(text.count + 2)
                } else if first.isLetter || first == "_" {
                    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                    tokens.append(.name(String(name)))
                    rest = rest.dropFirst(name.count)
                } else {
                    if !first.isWhitespace { tokens.append(.mark(first)) }
                    rest = rest.dropFirst()
                }
            }
        }
        return tokens
    }
}
