/// A shape as a JSON schema (draft 7), for programs that read what a verb prints.
public struct JSONSchema: Encodable, Sendable {
    private let shape: Shape
    private let meaning: String?
    private let title: String?

    /// The schema of a whole document.
    public init(_ shape: Shape, title: String) { self.init(shape, nil, title) }

    private init(_ shape: Shape, _ meaning: String?, _ title: String?) {
        self.shape = shape
        self.meaning = meaning
        self.title = title
    }

    private enum Key: String, CodingKey {
        case schema = "$schema"
        case choices = "enum"
        case title, type, description, items, properties, required, additionalProperties, minimum
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        if let title {
            try container.encode("http://json-schema.org/draft-07/schema#", forKey: .schema)
            try container.encode(title, forKey: .title)
        }
        try container.encode(type, forKey: .type)
        try container.encodeIfPresent(meaning, forKey: .description)
        switch shape {
        case .text, .flag: break
        case .choice(let words): try container.encode(words, forKey: .choices)
        case .number: break
        case .bytes, .address: try container.encode(0, forKey: .minimum)
        case .list(let item): try container.encode(JSONSchema(item, nil, nil), forKey: .items)
        case .map(let value): try container.encode(JSONSchema(value, nil, nil), forKey: .additionalProperties)
        case .object(let fields):
            let members = fields.map { ($0.name, JSONSchema($0.shape, $0.meaning, nil)) }
            try container.encode(Dictionary(members) { first, _ in first }, forKey: .properties)
            try container.encode(fields.filter { !$0.isOptional }.map(\.name), forKey: .required)
            try container.encode(false, forKey: .additionalProperties)
        }
    }

    private var type: String {
        switch shape {
        case .text, .choice: "string"
        case .number: "number"
        case .bytes, .address: "integer"
        case .flag: "boolean"
        case .list: "array"
        case .object, .map: "object"
        }
    }
}
