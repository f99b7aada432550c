import Testing

/// A kernel is added with one file, and a word in one list.
@Suite("Nobody asks for a kernel by name")
struct KernelNamesTests {
    private static let list = "Sources/KernelProfile/KernelProfile.swift"
    private static let profiles = "Sources/KernelProfile/Profiles/"

    /// The constants that are profiles, and the names in quotes that they have.
    private func words() throws -> [String] {
        try Repository.files(below: "Sources/KernelProfile/Profiles", endings: [".swift"]).flatMap { path in
            try Repository.text(path).split(separator: "\n").compactMap { line -> String? in
                let words = line.split(whereSeparator: { " :=(,".contains($0) })
                if line.hasPrefix("    public static let"), words.contains("KernelProfile") {
                    return words.dropFirst(3).first.map { ".\($0)" }
                }
                guard words.first == "profile.name" || words.first == "name" else { return nil }
                return words.last.map(String.init)
            }
        }
    }

    @Test("no source names a profile but its own file and the list of all")
    func names() throws {
        let words = try words()
        #expect(words.contains(".linux34") && words.contains("\"linux-7.2\""))
        var complaints: [String] = []
        for path in try Repository.files(below: "Sources", endings: [".swift"]) {
            guard path != Self.list, !path.hasPrefix(Self.profiles) else { continue }
            for line in try Repository.text(path).split(separator: "\n") where !line.isComment {
                for word in words where line.names(word) { complaints.append("\(path): \(word)") }
            }
        }
        #expect(complaints == [])
    }
}

extension Substring {
    fileprivate var isComment: Bool { drop { $0 == " " }.hasPrefix("//") }

    /// Whether `word` stands here as a whole.
    fileprivate func names(_ word: String) -> Bool {
        split(whereSeparator: { " ,;()[]{}=".contains($0) })
            .contains { $0 == word || $0.hasSuffix("KernelProfile" + word) }
    }
}
