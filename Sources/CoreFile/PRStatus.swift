import BinaryCodec

/// The note NT_PRSTATUS of a CPU: 504 bytes of which a kernel dump fills in the registers only.
///
/// The current signal is at 12, the process id at 32, its parent's behind it, registers at 0x70; all else stays 0.
/// Source: `struct elf_prstatus`, `fadump_regs_to_elf_notes` (Linux 3.4).
public struct PRStatus: Hashable, Sendable {
    public static let byteCount = 504
    public static let noteName = "CORE"
    public static let noteType: UInt32 = 1
    private static let registerOffset = 112
    private static let signalOffset = 12
    private static let pidOffset = 32

    public var pid: Int32
    /// What only a core file of firmware has.
    public var parent: Int32 = 0
    public var signal: Int16 = 0
    public var registers: PowerRegisters

    public init(pid: Int32 = 0, registers: PowerRegisters) {
        self.pid = pid
        self.registers = registers
    }

    /// Errors: fewer than 504 bytes.
    public init(parsing bytes: [UInt8], _ endianness: Endianness) throws(BinaryError) {
        var reader = BinaryReader(bytes, endianness)
        try reader.skip(Self.signalOffset, "signal fields of NT_PRSTATUS")
        signal = Int16(bitPattern: try reader.u16("pr_cursig"))
        try reader.skip(Self.pidOffset - Self.signalOffset - 2, "signal fields of NT_PRSTATUS")
        pid = Int32(bitPattern: try reader.u32("pr_pid"))
        parent = Int32(bitPattern: try reader.u32("pr_ppid"))
        try reader.skip(Self.registerOffset - Self.pidOffset - 8, "ids and times of NT_PRSTATUS")
        var words: [UInt64] = []
        for _ in 0..<PowerRegisters.wordCount { words.append(try reader.u64("pr_reg")) }
        registers = PowerRegisters(words: words)
        try reader.skip(8, "pr_fpvalid")
    }

    /// Writes the 504 bytes in the writer's byte order.
    public func write(to writer: inout BinaryWriter) {
        writer.pad(Self.signalOffset)
        writer.put(UInt16(bitPattern: signal))
        writer.pad(Self.pidOffset - Self.signalOffset - 2)
        writer.put(UInt32(bitPattern: pid))
        writer.put(UInt32(bitPattern: parent))
        writer.pad(Self.registerOffset - Self.pidOffset - 8)
        for word in registers.words { writer.put(word) }
        writer.pad(8)
    }

    /// The whole note, named CORE: 0x20c bytes.
    public func note(_ endianness: Endianness) -> ELFNote {
        var writer = BinaryWriter(endianness, reservingCapacity: Self.byteCount)
        write(to: &writer)
        return ELFNote(name: Self.noteName, type: Self.noteType, descriptor: writer.bytes)
    }
}
