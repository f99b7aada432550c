import BinaryCodec

/// The machine that an ELF file is for; numbers without a name here are allowed.
public struct ELFMachine: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let ppc64 = ELFMachine(rawValue: 21)
    // swift-format-ignore: AlwaysUseLowerCamelCase
    public static let x86_64 = ELFMachine(rawValue: 62)
}

/// What an ELF file is; numbers without a name here are allowed.
public struct ELFType: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let executable = ELFType(rawValue: 2)
    public static let core = ELFType(rawValue: 4)
}

/// The header of a 64-bit ELF file: 64 bytes; core files have no sections.
///
/// Source: System V ABI, ELF-64; `fadump_init_elfcore_header` (Linux 3.4): ELFOSABI_NONE, version 1, program headers
/// right behind.
public struct ELFHeader: Hashable, Sendable {
    public static let byteCount = 64

    public var endianness: Endianness
    public var type = ELFType.core
    public var machine: ELFMachine
    public var entry: UInt64 = 0
    public var programHeaderOffset = UInt64(ELFHeader.byteCount)
    public var sectionHeaderOffset: UInt64 = 0
    public var flags: UInt32
    public var programHeaderCount: UInt16
    public var sectionHeaderCount: UInt16 = 0
    /// The section that holds the names of sections.
    public var sectionNames: UInt16 = 0

    public init(endianness: Endianness, machine: ELFMachine, flags: UInt32, programHeaderCount: UInt16) {
        self.endianness = endianness
        self.machine = machine
        self.flags = flags
        self.programHeaderCount = programHeaderCount
    }

    private static let sectionHeaderSize: UInt16 = 64
    private static let magic: [UInt8] = [0x7f, 0x45, 0x4c, 0x46]

    /// Errors: what is missing, or which identification byte is not that of a 64-bit ELF file.
    public init(parsing bytes: [UInt8]) throws(BinaryError) {
        var reader = BinaryReader(bytes, .big)
        guard try reader.bytes(4, "ELF magic") == Self.magic else {
            throw .invalid(field: "ELF magic", offset: 0, found: "not 7f 45 4c 46")
        }
        let fileClass = try reader.u8("ELF class")
        guard fileClass == 2 else {
            throw .invalid(field: "ELF class", offset: 4, found: "\(fileClass), not 2 (64 bits)")
        }
        switch try reader.u8("ELF data encoding") {
        case 1: endianness = .little
        case 2: endianness = .big
        case let other:
            throw .invalid(field: "ELF data encoding", offset: 5, found: "\(other), neither 1 nor 2")
        }
        reader.endianness = endianness
        let identVersion = try reader.u8("ELF identification version")
        guard identVersion == 1 else {
            throw .invalid(field: "ELF identification version", offset: 6, found: "\(identVersion), not 1")
        }
        try reader.skip(9, "ELF identification")
        type = ELFType(rawValue: try reader.u16("e_type"))
        machine = ELFMachine(rawValue: try reader.u16("e_machine"))
        let version = try reader.u32("e_version")
        guard version == 1 else { throw .invalid(field: "e_version", offset: 20, found: "\(version), not 1") }
        entry = try reader.u64("e_entry")
        programHeaderOffset = try reader.u64("e_phoff")
        sectionHeaderOffset = try reader.u64("e_shoff")
        flags = try reader.u32("e_flags")
        try reader.skip(2, "e_ehsize")
        let size = try reader.u16("e_phentsize")
        programHeaderCount = try reader.u16("e_phnum")
        try reader.skip(2, "e_shentsize")
        sectionHeaderCount = try reader.u16("e_shnum")
        sectionNames = try reader.u16("e_shstrndx")
        guard programHeaderCount == 0 || size == ProgramHeader.byteCount else {
            throw .invalid(field: "e_phentsize", offset: 54, found: "\(size), not \(ProgramHeader.byteCount)")
        }
    }

    /// Writes the header in its own byte order, whatever the writer's.
    public func write(to writer: inout BinaryWriter) {
        let outer = writer.endianness
        defer { writer.endianness = outer }
        writer.endianness = endianness
        writer.put(Self.magic)
        writer.put([2, endianness == .big ? 2 : 1, 1, 0] as [UInt8])
        writer.pad(8)
        writer.put(type.rawValue)
        writer.put(machine.rawValue)
        writer.put(UInt32(1))
        writer.put(entry)
        writer.put(programHeaderOffset)
        writer.put(sectionHeaderOffset)
        writer.put(flags)
        writer.put(UInt16(Self.byteCount))
        writer.put(UInt16(ProgramHeader.byteCount))
        writer.put(programHeaderCount)
        writer.put(sectionHeaderCount == 0 ? 0 : Self.sectionHeaderSize)
        writer.put(sectionHeaderCount)
        writer.put(sectionNames)
    }
}
