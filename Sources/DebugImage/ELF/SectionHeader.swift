import BinaryCodec

/// The header of a section of an ELF file: 64 bytes.
///
/// Source: System V ABI, ELF-64, sections.
public struct SectionHeader: Sendable, Hashable {
    public static let byteCount = 64

    /// What a section is; numbers without a name here are allowed.
    public struct Kind: RawRepresentable, Sendable, Hashable {
        public var rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        public static let none = Kind(rawValue: 0)
        public static let contents = Kind(rawValue: 1)
        public static let symbols = Kind(rawValue: 2)
        public static let strings = Kind(rawValue: 3)
        public static let notes = Kind(rawValue: 7)
        public static let noContents = Kind(rawValue: 8)
    }

    /// What may be done with its memory.
    public struct Flags: OptionSet, Sendable, Hashable {
        public var rawValue: UInt64
        public init(rawValue: UInt64) { self.rawValue = rawValue }

        public static let write = Flags(rawValue: 1)
        public static let allocate = Flags(rawValue: 2)
        public static let execute = Flags(rawValue: 4)
    }

    /// Its place in the table of names.
    public var name: UInt32 = 0
    public var kind: Kind
    public var flags: Flags = []
    public var address: UInt64 = 0
    public var offset: UInt64 = 0
    public var size: UInt64 = 0
    /// For symbols the section of their names, and the number of local ones.
    public var link: UInt32 = 0
    public var info: UInt32 = 0
    public var alignment: UInt64 = 1
    public var entrySize: UInt64 = 0

    public init(_ kind: Kind) { self.kind = kind }

    /// Errors: fewer than 64 bytes.
    public init(parsing reader: inout BinaryReader) throws(BinaryError) {
        name = try reader.u32("sh_name")
        kind = Kind(rawValue: try reader.u32("sh_type"))
        flags = Flags(rawValue: try reader.u64("sh_flags"))
        address = try reader.u64("sh_addr")
        offset = try reader.u64("sh_offset")
        size = try reader.u64("sh_size")
        link = try reader.u32("sh_link")
        info = try reader.u32("sh_info")
        alignment = try reader.u64("sh_addralign")
        entrySize = try reader.u64("sh_entsize")
    }

    public func write(to writer: inout BinaryWriter) {
        writer.put(name)
        writer.put(kind.rawValue)
        writer.put(flags.rawValue)
        writer.put(address)
        writer.put(offset)
        writer.put(size)
        writer.put(link)
        writer.put(info)
        writer.put(alignment)
        writer.put(entrySize)
    }
}
