/// A debugging information entry before it has a place.
struct Entry {
    /// The value of an attribute; each kind has one form.
    enum Value {
        case text(String)
        case unsigned(UInt64)
        case signed(Int64)
        case address(UInt64)
        /// The entry of a type.
        case type(TypeReference)
        /// An expression: the variable is at this address.
        case location(UInt64)
        /// The attribute alone says it.
        case present

        var form: Form {
            switch self {
            case .text: .string
            case .unsigned: .unsigned
            case .signed: .signed
            case .address: .address
            case .type: .reference
            case .location: .expression
            case .present: .present
            }
        }
    }

    var tag: Tag
    var attributes: [(name: Attribute, value: Value)] = []
    var children: [Entry] = []
    /// The type that others refer to by this entry.
    var defined: TypeReference?

    init(_ tag: Tag) { self.tag = tag }

    /// A text that is empty is no attribute, nor is a type that is nil: the type void has no entry.
    func with(_ name: Attribute, _ text: String) -> Entry { text.isEmpty ? self : adding(name, .text(text)) }
    func with(_ name: Attribute, _ type: TypeReference?) -> Entry {
        type.map { adding(name, .type($0)) } ?? self
    }
    func with(_ name: Attribute, _ number: UInt64) -> Entry { adding(name, .unsigned(number)) }

    func adding(_ name: Attribute, _ value: Value) -> Entry {
        var entry = self
        entry.attributes.append((name, value))
        return entry
    }

    func holding(_ children: [Entry]) -> Entry {
        var entry = self
        entry.children += children
        return entry
    }

    /// The types that it and its children refer to.
    var references: [TypeReference] {
        attributes.compactMap { if case .type(let type) = $0.value { type } else { nil } }
            + children.flatMap(\.references)
    }
}
