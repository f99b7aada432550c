/// The type of a member or a symbol, as debug information tells it.
public indirect enum KernelType: Sendable, Hashable {
    /// An unsigned number of so many bytes: `unsigned long` has 8.
    case unsigned(Int)
    case signed(Int)
    case character
    /// A pointer to a structure, or to nothing in particular.
    case pointer(String?)
    /// A structure or a type definition of this name.
    case structure(String)
    case enumeration(String)
    case array(KernelType, Int)
    /// Bytes that no tool looks at.
    case opaque(Int)
}

/// A member of a structure.
public struct MemberLayout: Sendable, Hashable {
    public var name: String
    /// Bytes from the start of the structure.
    public var offset: Int
    public var type: KernelType
    /// Set for a field of bits; `offset` and `type` are those of the number that it is part of.
    public var bits: BitField?
}

/// Some bits of a number.
public struct BitField: Sendable, Hashable {
    public var width: Int
    /// Bits declared in front of it in the same number: C gives out a little-endian number from its lowest bit on, a
    /// big-endian one from its highest.
    public var before: Int
}

/// A structure as this kernel was built with it.
public struct StructureLayout: Sendable, Hashable {
    public var name: String
    /// Whether it has no tag but is the meaning of a type definition, as `atomic_long_t` is.
    public var isTypeDefinition: Bool
    public var size: Int
    public var alignment: Int
    /// In the order of their offsets; what lies between them is nothing that tools look at.
    public var members: [MemberLayout]

    /// The member of this name; nil where there is none.
    public func member(_ name: String) -> MemberLayout? { members.first { $0.name == name } }
}

/// An enumeration of 4 bytes.
public struct EnumerationLayout: Sendable, Hashable {
    public var name: String
    public var values: [(name: String, value: Int64)]

    public static func == (a: Self, b: Self) -> Bool {
        a.name == b.name && a.values.elementsEqual(b.values) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
