import BinaryCodec

/// An entry of a symbol table: 24 bytes.
///
/// Source: System V ABI, ELF-64, symbol table.
public struct SymbolEntry: Sendable, Hashable {
    public static let byteCount = 24

    /// Its place in the table of names.
    public var name: UInt32
    /// Binding in the high half, kind in the low one.
    public var info: UInt8
    public var other: UInt8 = 0
    public var section: UInt16
    public var value: UInt64
    public var size: UInt64

    public init(name: UInt32 = 0, info: UInt8 = 0, section: UInt16 = 0, value: UInt64 = 0, size: UInt64 = 0) {
        self.name = name
        self.info = info
        self.section = section
        self.value = value
        self.size = size
    }

    /// Errors: fewer than 24 bytes.
    public init(parsing reader: inout BinaryReader) throws(BinaryError) {
        name = try reader.u32("st_name")
        info = try reader.u8("st_info")
        other = try reader.u8("st_other")
        section = try reader.u16("st_shndx")
        value = try reader.u64("st_value")
        size = try reader.u64("st_size")
    }

    public func write(to writer: inout BinaryWriter) {
        writer.put(name)
        writer.put([info, other])
        writer.put(section)
        writer.put(value)
        writer.put(size)
    }
}

extension ImageSymbol.Kind {
    /// st_info of a global symbol of this kind.
    var info: UInt8 {
        switch self {
        case .object: 0x11
        case .function: 0x12
        }
    }
}
