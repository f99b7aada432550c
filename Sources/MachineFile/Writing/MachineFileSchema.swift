import Machine

/// The JSON schema of machine files, for editors that complete and check TOML (Taplo, Even Better TOML).
public struct MachineFileSchema: Encodable, Sendable {
    /// What one key may hold.
    struct Property: Encodable {
        var description: String
        var anyOf: [Shape]
    }

    /// One form of a value.
    struct Shape: Encodable {
        var type: String
        var pattern: String?
        var minimum: UInt64?
        var maximum: UInt64?
        var choices: [String]?
        var items: [String: String]?

        enum CodingKeys: String, CodingKey {
            case type, pattern, minimum, maximum, items
            case choices = "enum"
        }
    }

    enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case title, description, type, properties, additionalProperties
    }

    let schema = "http://json-schema.org/draft-07/schema#"
    let title = "fadumpfs machine file"
    let description = "A machine for fadumpfs mount --machine: every key is an option of mount."
    let type = "object"
    let additionalProperties = false
    var properties: [String: Property] {
        Dictionary(
            uniqueKeysWithValues: FileKey.allCases.map { key in
                (key.name, Property(description: key.summary, anyOf: Self.shapes(key.kind)))
            }
        )
    }

    public init() {}

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(schema, forKey: .schema)
        try container.encode(title, forKey: .title)
        try container.encode(description, forKey: .description)
        try container.encode(type, forKey: .type)
        try container.encode(additionalProperties, forKey: .additionalProperties)
        try container.encode(properties, forKey: .properties)
    }

    private static func shapes(_ kind: SettingKind) -> [Shape] {
        switch kind {
        case .text: [Shape(type: "string")]
        case .flag: [Shape(type: "boolean")]
        case .number(let range):
            [
                Shape(type: "integer", minimum: range.lowerBound, maximum: range.upperBound),
                Shape(type: "string", pattern: "^[0-9]+$"),
            ]
        case .size:
            [
                Shape(type: "string", pattern: "^([0-9]+([KkMmGgTt]([Ii][Bb])?)?|0[xX][0-9a-fA-F]+)$"),
                Shape(type: "integer", minimum: 0),
            ]
        case .choice(let words): [Shape(type: "string", choices: words)]
        case .ranges: [Shape(type: "string"), Shape(type: "array", items: ["type": "string"])]
        case .faults, .build:
            [Shape(type: "string"), Shape(type: "array", items: ["type": "string"]), Shape(type: "object")]
        }
    }
}
