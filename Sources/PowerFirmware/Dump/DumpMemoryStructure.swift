import BinaryCodec

/// How a dump went as a whole.
public struct DumpStatusFlags: OptionSet, Hashable, Sendable {
    public var rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let performed = DumpStatusFlags(rawValue: 0x8000)
    public static let triggered = DumpStatusFlags(rawValue: 0x4000)
    public static let error = DumpStatusFlags(rawValue: 0x2000)
}

/// The dump memory structure: what the kernel registers, and what firmware presents after the dump as the value of
/// `ibm,kernel-dump`. Always big-endian: a header of 40 bytes, then sections of 40 bytes.
///
/// Source: LoPAR, ibm,configure-kernel-dump, version 1: at most ten sections.
public struct DumpMemoryStructure: Hashable, Sendable {
    public static let headerSize = 40
    public static let maximumSections = 10

    public var version: UInt32 = 1
    public var statusFlags: DumpStatusFlags = []
    public var sections: [DumpSection]
    /// Disk dump is not used: block size, offset, number of blocks and offset of the disk path.
    public var diskBlockSize: UInt32 = 0
    public var diskBlockOffset: UInt64 = 0
    public var diskBlocks: UInt64 = 0
    public var diskPathOffset: UInt32 = 0
    /// Milliseconds after a system reset in which the kernel may stop an automatic dump; 0 is off.
    public var maximumTimeAuto: UInt32 = 0

    public init(sections: [DumpSection]) { self.sections = sections }

    public var byteCount: Int { Self.headerSize + DumpSection.byteCount * sections.count }

    /// Follows the offset of the first section; sections beyond the tenth are an error.
    public init(parsing bytes: [UInt8]) throws(BinaryError) {
        var reader = BinaryReader(bytes, .big)
        version = try reader.u32("dump format version")
        let count = try reader.u16("number of dump sections")
        guard count <= Self.maximumSections else {
            throw .invalid(
                field: "number of dump sections",
                offset: 4,
                found: "\(count), more than \(Self.maximumSections)"
            )
        }
        statusFlags = DumpStatusFlags(rawValue: try reader.u16("dump status flags"))
        let first = try reader.u32("offset of the first section")
        guard count == 0 || first >= Self.headerSize else {
            throw .invalid(
                field: "offset of the first section",
                offset: 8,
                found: "\(first), inside the header of \(Self.headerSize) bytes"
            )
        }
        diskBlockSize = try reader.u32("disk block size")
        diskBlockOffset = try reader.u64("disk block offset")
        diskBlocks = try reader.u64("number of disk blocks")
        diskPathOffset = try reader.u32("offset of the disk path")
        maximumTimeAuto = try reader.u32("maximum time of an automatic dump")
        var sectionReader = BinaryReader(bytes, .big)
        try sectionReader.skip(Int(first), "dump sections")
        sections = []
        for _ in 0..<count { sections.append(try DumpSection(parsing: &sectionReader)) }
    }

    /// Writes header and sections; the writer is big-endian.
    public func write(to writer: inout BinaryWriter) {
        writer.put(version)
        writer.put(UInt16(clamping: sections.count))
        writer.put(statusFlags.rawValue)
        writer.put(UInt32(Self.headerSize))
        writer.put(diskBlockSize)
        writer.put(diskBlockOffset)
        writer.put(diskBlocks)
        writer.put(diskPathOffset)
        writer.put(maximumTimeAuto)
        for section in sections { section.write(to: &writer) }
    }

    public var bytes: [UInt8] {
        var writer = BinaryWriter(.big, reservingCapacity: byteCount)
        write(to: &writer)
        return writer.bytes
    }
}
