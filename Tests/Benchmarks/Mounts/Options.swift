/// `--name value` pairs.
struct Options {
    private var values: [String: String] = [:]

    init(_ words: [String]) throws {
        guard words.count.isMultiple(of: 2) else { throw SystemFailure("an option lacks its value") }
        for index in stride(from: 0, to: words.count, by: 2) {
            guard words[index].hasPrefix("--") else { throw SystemFailure("\(words[index]) is no option") }
            values[String(words[index].dropFirst(2))] = words[index + 1]
        }
    }

    /// Empty where it is not given.
    subscript(_ name: String) -> String { values[name] ?? "" }

    func number(_ name: String, or other: Int) -> Int { Int(self[name]) ?? other }
}
