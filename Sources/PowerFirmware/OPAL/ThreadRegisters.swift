import BinaryCodec

/// The registers of all threads as a bare machine saves them: an entry of one size for each, whether it runs or not.
/// Always big-endian.
///
/// An entry is a header of 24 bytes (PIR 4, state of the core 1, pad 3, offset of the registers counted from here 4, their
/// number 4, bytes for each 4, bytes used of each 4), then registers of 16 bytes: type 4 (1 general purpose, 2 special),
/// number 4, value 8. Special registers go by their SPR numbers; three that have none have numbers from 0x7d0 on.
/// Source: skiboot, include/opal-dump.h; Linux 5.4, opal-fadump.h. Which special registers there are beyond those that
/// Linux reads is chosen here.
public enum ThreadRegisters {
    public static let version: UInt32 = 1
    /// The state of a core that is not there.
    static let inactive: UInt8 = 0x0f
    static let headerSize = 24
    static let registerSize = 16
    /// The header's fields from the offset on: what the offset counts over.
    private static let arrayHeaderSize = 16

    private static let generalPurpose: UInt32 = 1
    private static let specialPurpose: UInt32 = 2
    /// Source: Power ISA 3.0, special purpose registers.
    private static let special: [(RegisterIdentifier, UInt32)] =
        [
            ("XER", 1), ("LR", 8), ("CTR", 9), ("DSCR", 17), ("DSISR", 18), ("DAR", 19), ("SRR0", 26),
            ("SRR1", 27), ("CFAR", 28), ("AMR", 29), ("VRSAVE", 256), ("SPRG0", 272), ("SPRG1", 273),
            ("SPRG2", 274), ("SPRG3", 275), ("PVR", 287), ("PIR", 1023),
            ("NIA", 0x7d0), ("MSR", 0x7d1), ("CR", 0x7d2),
        ].map { (RegisterIdentifier($0.0), $0.1) }

    /// Bytes of an entry.
    public static var entrySize: Int { headerSize + registerSize * (32 + special.count) }

    /// The entries of the threads with these PIRs, of which those in `running` run; their `logicalID` is a PIR, too.
    static func bytes(_ running: [SavedCPU], threads: [UInt32]) -> [UInt8] {
        var writer = BinaryWriter(.big, reservingCapacity: threads.count * entrySize)
        let cpus = Dictionary(running.map { ($0.logicalID, $0) }) { first, _ in first }
        for thread in threads {
            let cpu = cpus[thread]
            writer.put(thread)
            writer.put([cpu == nil ? inactive : 0, 0, 0, 0])
            for value in [arrayHeaderSize, 32 + special.count, registerSize, registerSize] {
                writer.put(UInt32(clamping: value))
            }
            for number in 0..<32 { put(generalPurpose, UInt32(number), cpu?.gpr(number) ?? 0, &writer) }
            for (register, number) in special { put(specialPurpose, number, cpu?[register] ?? 0, &writer) }
        }
        return writer.bytes
    }

    private static func put(_ type: UInt32, _ number: UInt32, _ value: UInt64, _ writer: inout BinaryWriter) {
        writer.put(type)
        writer.put(number)
        writer.put(value)
    }

    /// The threads that run, out of entries of `entrySize` bytes; their `logicalID` is their PIR. Half an entry at the end is
    /// none, and registers without a name here are passed over.
    public static func cpus(parsing bytes: [UInt8], entrySize: Int) throws(BinaryError) -> [SavedCPU] {
        guard entrySize >= headerSize else {
            throw .invalid(field: "size of a thread's registers", offset: 0, found: "\(entrySize)")
        }
        var cpus = SavedCPUs()
        for number in 0..<(bytes.count / entrySize) {
            let entry = bytes[(number * entrySize)..<((number + 1) * entrySize)]
            try readCPU(Array(entry), &cpus)
        }
        return cpus.cpus
    }

    /// A thread that does not run is none.
    private static func readCPU(_ entry: [UInt8], _ cpus: inout SavedCPUs) throws(BinaryError) {
        var reader = BinaryReader(entry, .big)
        let thread = try reader.u32("PIR of a thread")
        let state = UInt8(truncatingIfNeeded: try reader.u32("state of a core") >> 24)
        let offset = try reader.u32("offset of a thread's registers")
        let count = try reader.u32("number of a thread's registers")
        let size = try reader.u32("size of a register")
        try reader.skip(4, "used size of a register")
        guard state != inactive else { return }
        guard size >= registerSize, offset >= arrayHeaderSize else {
            throw .invalid(field: "registers of a thread", offset: 8, found: "\(size) bytes at \(offset)")
        }
        try reader.skip(Int(offset) - arrayHeaderSize, "registers of a thread")
        var registers: [RegisterIdentifier] = []
        var values: [UInt64] = []
        for _ in 0..<count {
            let type = try reader.u32("type of a register")
            let number = try reader.u32("number of a register")
            let value = try reader.u64("value of a register")
            try reader.skip(Int(size) - registerSize, "a register")
            guard let name = name(type, number) else { continue }
            registers.append(name)
            values.append(value)
        }
        cpus.append(thread, registers, values)
    }

    private static func name(_ type: UInt32, _ number: UInt32) -> RegisterIdentifier? {
        if type == generalPurpose { return number < 32 ? .gpr(Int(number)) : nil }
        return special.first { $0.1 == number }?.0
    }
}
