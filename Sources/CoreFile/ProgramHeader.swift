import BinaryCodec

/// The kind of a segment; numbers without a name here are allowed.
public struct SegmentType: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// An entry that nobody uses.
    public static let null = SegmentType(rawValue: 0)
    public static let load = SegmentType(rawValue: 1)
    public static let note = SegmentType(rawValue: 4)
}

/// A program header of a 64-bit ELF file: 56 bytes.
///
/// Addresses and sizes in bytes. Source: System V ABI, ELF-64.
public struct ProgramHeader: Hashable, Sendable {
    public static let byteCount = 56

    public var type: SegmentType
    /// 7 for memory: readable, writable, executable.
    public var flags: UInt32
    public var offset: UInt64
    public var virtualAddress: UInt64
    public var physicalAddress: UInt64
    public var fileSize: UInt64
    public var memorySize: UInt64
    public var alignment: UInt64

    public init(
        type: SegmentType,
        flags: UInt32 = 0,
        offset: UInt64 = 0,
        virtualAddress: UInt64 = 0,
        physicalAddress: UInt64 = 0,
        fileSize: UInt64 = 0,
        memorySize: UInt64 = 0,
        alignment: UInt64 = 0
    ) {
        self.type = type
        self.flags = flags
        self.offset = offset
        self.virtualAddress = virtualAddress
        self.physicalAddress = physicalAddress
        self.fileSize = fileSize
        self.memorySize = memorySize
        self.alignment = alignment
    }

    public init(parsing reader: inout BinaryReader) throws(BinaryError) {
        type = SegmentType(rawValue: try reader.u32("p_type"))
        flags = try reader.u32("p_flags")
        offset = try reader.u64("p_offset")
        virtualAddress = try reader.u64("p_vaddr")
        physicalAddress = try reader.u64("p_paddr")
        fileSize = try reader.u64("p_filesz")
        memorySize = try reader.u64("p_memsz")
        alignment = try reader.u64("p_align")
    }

    /// Writes the 56 bytes in the writer's byte order.
    public func write(to writer: inout BinaryWriter) {
        writer.put(type.rawValue)
        writer.put(flags)
        for field in [offset, virtualAddress, physicalAddress, fileSize, memorySize, alignment] {
            writer.put(field)
        }
    }
}
