import BinaryCodec

/// The note NT_PRSTATUS of an x86_64 CPU: 336 bytes of which a kernel dump fills in the registers only.
///
/// The process id is at 32, registers are at 0x70 as in every 64-bit note; all else stays 0.
/// Source: `struct elf_prstatus` (Linux 6.1, include/linux/elfcore.h).
public struct X86PRStatus: Hashable, Sendable {
    public static let byteCount = 336
    private static let pidOffset = 32
    private static let registerOffset = 112

    public var pid: Int32
    public var registers: X86Registers

    public init(pid: Int32 = 0, registers: X86Registers) {
        self.pid = pid
        self.registers = registers
    }

    /// Errors: fewer than 336 bytes.
    public init(parsing bytes: [UInt8], _ endianness: Endianness) throws(BinaryError) {
        var reader = BinaryReader(bytes, endianness)
        try reader.skip(Self.pidOffset, "signal fields of NT_PRSTATUS")
        pid = Int32(bitPattern: try reader.u32("pr_pid"))
        try reader.skip(Self.registerOffset - Self.pidOffset - 4, "ids and times of NT_PRSTATUS")
        var words: [UInt64] = []
        for name in X86Registers.names { words.append(try reader.u64(name)) }
        registers = X86Registers(words: words)
        try reader.skip(8, "pr_fpvalid")
    }

    /// Writes the 336 bytes in the writer's byte order.
    public func write(to writer: inout BinaryWriter) {
        writer.pad(Self.pidOffset)
        writer.put(UInt32(bitPattern: pid))
        writer.pad(Self.registerOffset - Self.pidOffset - 4)
        for word in registers.words { writer.put(word) }
        writer.pad(8)
    }

    /// The whole note, named CORE.
    public func note(_ endianness: Endianness) -> ELFNote {
        var writer = BinaryWriter(endianness, reservingCapacity: Self.byteCount)
        write(to: &writer)
        return ELFNote(name: PRStatus.noteName, type: PRStatus.noteType, descriptor: writer.bytes)
    }
}

/// Registers as a CPU of x86_64 would hold them.
public struct X86RegisterNotes: RegisterNotes {
    public init() {}

    public func note(_ registers: PowerRegisters, _ endianness: Endianness) -> ELFNote {
        X86PRStatus(registers: X86Registers(registers, .x86)).note(endianness)
    }
}
