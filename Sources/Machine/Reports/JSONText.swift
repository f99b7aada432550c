import FoundationEssentials

/// How this machine writes JSON: keys in alphabetical order, slashes as they are.
public enum JSONText {
    /// `value` as one line.
    public static func line(_ value: some Encodable) -> String { text(value, []) }

    /// `value` over several lines, for people.
    public static func pretty(_ value: some Encodable) -> String { text(value, .prettyPrinted) }

    private static func text(_ value: some Encodable, _ more: JSONEncoder.OutputFormatting) -> String {
        let encoder = JSONEncoder()
        let always: JSONEncoder.OutputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.outputFormatting = always.union(more)
        guard let data = try? encoder.encode(value) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }
}
