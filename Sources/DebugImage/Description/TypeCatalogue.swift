/// What is in the types that have a name. Names are those of C, each kind apart.
public struct TypeCatalogue: Sendable, Hashable {
    public var structures: [String: Aggregate] = [:]
    public var unions: [String: Aggregate] = [:]
    public var enumerations: [String: Enumeration] = [:]
    public var aliases: [String: TypeReference] = [:]

    public init() {}

    /// Everything in it that has a name, in the order of kinds and names.
    var references: [TypeReference] {
        structures.keys.sorted().map(TypeReference.structure) + unions.keys.sorted().map(TypeReference.union)
            + enumerations.keys.sorted().map(TypeReference.enumeration)
            + aliases.keys.sorted().map(TypeReference.alias)
    }
}

/// A structure or union.
public struct Aggregate: Sendable, Hashable {
    public var byteCount: UInt64
    public var members: [Member]

    public init(byteCount: UInt64, _ members: [Member]) {
        self.byteCount = byteCount
        self.members = members
    }

    public struct Member: Sendable, Hashable {
        /// Bits of a bit field: where it begins, counted from the start of the structure, and how many it has.
        public struct Bits: Sendable, Hashable {
            public var offset: UInt64
            public var count: UInt64

            public init(offset: UInt64, count: UInt64) {
                self.offset = offset
                self.count = count
            }
        }

        /// Empty for an unnamed structure or union.
        public var name: String
        public var type: TypeReference
        /// In bytes.
        public var offset: UInt64
        public var bits: Bits?

        public init(_ name: String, _ type: TypeReference, at offset: UInt64, bits: Bits? = nil) {
            self.name = name
            self.type = type
            self.offset = offset
            self.bits = bits
        }
    }
}

/// An enumeration of four bytes.
public struct Enumeration: Sendable, Hashable {
    public struct Constant: Sendable, Hashable {
        public var name: String
        public var value: Int64

        public init(_ name: String, _ value: Int64) {
            self.name = name
            self.value = value
        }
    }

    public var constants: [Constant]

    public init(_ constants: [Constant]) { self.constants = constants }
}
