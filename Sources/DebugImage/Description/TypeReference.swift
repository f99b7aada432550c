/// A type of C, by name or by what it is made of.
public indirect enum TypeReference: Sendable, Hashable {
    case base(BaseType)
    /// `struct NAME`, `union NAME`, `enum NAME`, or the name of a typedef. Where the catalogue does not say what is in
    /// a structure or union, it is declared only, which is enough to point to it.
    case structure(String)
    case union(String)
    case enumeration(String)
    case alias(String)
    /// A pointer; to void where nothing is said.
    case pointer(TypeReference?)
    /// An array; of unknown length where nothing is said.
    case array(TypeReference, count: UInt64?)
    /// A function without parameters that are told of.
    case function
}

/// A type of the processor.
public struct BaseType: Sendable, Hashable {
    public enum Encoding: UInt8, Sendable, Hashable {
        case boolean = 2
        case signed = 5
        case signedCharacter = 6
        case unsigned = 7
        case unsignedCharacter = 8
    }

    public var name: String
    public var byteCount: UInt8
    public var encoding: Encoding

    public init(_ name: String, _ byteCount: UInt8, _ encoding: Encoding) {
        self.name = name
        self.byteCount = byteCount
        self.encoding = encoding
    }
}

extension TypeReference {
    public static let bool = base(BaseType("_Bool", 1, .boolean))
    public static let char = base(BaseType("char", 1, .signedCharacter))
    public static let unsignedChar = base(BaseType("unsigned char", 1, .unsignedCharacter))
    public static let short = base(BaseType("short", 2, .signed))
    public static let unsignedShort = base(BaseType("unsigned short", 2, .unsigned))
    public static let int = base(BaseType("int", 4, .signed))
    public static let unsignedInt = base(BaseType("unsigned int", 4, .unsigned))
    public static let long = base(BaseType("long", 8, .signed))
    public static let unsignedLong = base(BaseType("unsigned long", 8, .unsigned))
    public static let longLong = base(BaseType("long long", 8, .signed))
    public static let unsignedLongLong = base(BaseType("unsigned long long", 8, .unsigned))
}
