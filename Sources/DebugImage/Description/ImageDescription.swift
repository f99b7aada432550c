import BinaryCodec
import CoreFile

/// What a kernel's `vmlinux` says to debuggers: sections, symbols, types and variables, in no format yet.
public struct ImageDescription: Sendable {
    public var endianness: Endianness
    public var machine: ELFMachine
    /// `e_flags`.
    public var flags: UInt32
    /// Bytes of the build identifier; empty where there is none.
    public var buildID: [UInt8]
    /// What the compile unit is called.
    public var unit: String
    public var sections: [ImageSection]
    public var symbols: [ImageSymbol]
    public var types = TypeCatalogue()
    public var variables: [ImageVariable] = []

    public init(
        endianness: Endianness,
        machine: ELFMachine,
        flags: UInt32,
        buildID: [UInt8] = [],
        unit: String = "vmlinux",
        sections: [ImageSection] = [],
        symbols: [ImageSymbol] = []
    ) {
        self.endianness = endianness
        self.machine = machine
        self.flags = flags
        self.buildID = buildID
        self.unit = unit
        self.sections = sections
        self.symbols = symbols
    }
}

/// A range of the kernel's addresses. Without bytes it takes no room in the file: debuggers then read the dump.
public struct ImageSection: Sendable, Hashable {
    public var name: String
    public var address: UInt64
    public var size: UInt64
    public var isCode: Bool
    /// As many as `size` says; nil for memory that is in the dump only.
    public var bytes: [UInt8]?

    public init(_ name: String, at address: UInt64, size: UInt64, isCode: Bool = false) {
        self.name = name
        self.address = address
        self.size = size
        self.isCode = isCode
    }

    public init(_ name: String, at address: UInt64, _ bytes: [UInt8]) {
        self.init(name, at: address, size: UInt64(bytes.count))
        self.bytes = bytes
    }

    func contains(_ value: UInt64) -> Bool { value >= address && value - address < size }
    func ends(at value: UInt64) -> Bool { value >= address && value - address == size }
}

/// A name for an address.
public struct ImageSymbol: Sendable, Hashable {
    public enum Kind: Sendable, Hashable { case function, object }

    public var name: String
    public var address: UInt64
    public var size: UInt64
    public var kind: Kind

    public init(_ name: String, at address: UInt64, size: UInt64 = 0, _ kind: Kind = .object) {
        self.name = name
        self.address = address
        self.size = size
        self.kind = kind
    }
}

/// A variable of the kernel, with its type.
public struct ImageVariable: Sendable, Hashable {
    public var name: String
    public var type: TypeReference
    public var address: UInt64

    public init(_ name: String, _ type: TypeReference, at address: UInt64) {
        self.name = name
        self.type = type
        self.address = address
    }
}
