/// A place in a text; lines and columns count from 1.
struct Position: Hashable, Sendable {
    var line: Int
    var column: Int
}

/// Where a key and its value stand.
struct EntryPosition: Hashable, Sendable {
    var key: Position
    var value: Position
    /// The value as it is written; of one that takes several lines, the first.
    var valueText: String
}

/// Why a text is no TOML: what is wrong, and where.
struct TOMLError: Error, Hashable {
    var position: Position
    var problem: String
    /// The text that is wrong.
    var text: String
}
