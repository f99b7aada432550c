/// What a verb has to say: one value, shown as text to people and as JSON to programs.
///
/// Both come from the same value, and `shape` documents the JSON: its schema is made from it, and a test holds text and
/// JSON against it.
public protocol Report: Encodable, Sendable {
    /// What the JSON looks like.
    static var shape: Shape { get }
    /// Writes the text.
    func show(on page: inout Page)
}

/// The form of a value in JSON, and how the text shows it.
public indirect enum Shape: Sendable, Hashable {
    case text
    case choice([String])
    case number
    /// Bytes: a number in JSON; people read 2G.
    case bytes
    /// An address: a number in JSON; people read 0x10000000.
    case address
    case flag
    case list(Shape)
    case object([Field])
    /// An object whose keys are not known beforehand.
    case map(Shape)
}

/// A member of an object.
public struct Field: Sendable, Hashable {
    public var name: String
    public var shape: Shape
    /// What it is, in a sentence.
    public var meaning: String
    /// Absent where it has no meaning.
    public var isOptional: Bool
    /// Whether the text says it too; what only programs want is in JSON alone.
    public var isInText: Bool

    public init(
        _ name: String,
        _ shape: Shape,
        _ meaning: String,
        optional: Bool = false,
        inText: Bool = true
    ) {
        self.name = name
        self.shape = shape
        self.meaning = meaning
        isOptional = optional
        isInText = inText
    }
}
