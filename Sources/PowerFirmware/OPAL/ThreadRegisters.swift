import BinaryCodec
import PhysicalMemory

/// The registers of all threads as OPAL saves them: an entry for each, active or not. Always big-endian.
///
/// An entry is a header (PIR 4, state of the core 1, pad 3, offset of the registers counted from here 4, their number 4,
/// bytes of each 4, bytes used of each 4), then registers of 16 bytes (type 4: 1 general purpose, 2 special; number 4;
/// value 8). Special registers go by their SPR numbers; three have numbers of their own.
/// Source: HDAT specification, processor dump area; Linux 5.4, opal-fadump.h.
public enum ThreadRegisters {
    public static let version: UInt32 = 1
    /// The state of a core that is not there.
    static let inactive: UInt8 = 0x0f
    static let headerSize = 24
    static let registerSize = 16

    private static let special: [(RegisterIdentifier, UInt32)] = [
        (.ctr, 9), (.lr, 8), (.xer, 1), (.dar, 19), (.dsisr, 18), (.nia, 0x7d0), (.msr, 0x7d1), (.cr, 0x7d2),
    ]

    /// Bytes of an entry.
    public static var entrySize: Int { headerSize + registerSize * (32 + special.count) }

    /// The entries of `count` threads, of which those in `cpus` run.
    static func bytes(_ cpus: [SavedCPU], count: Int) -> [UInt8] {
        var writer = BinaryWriter(.big, reservingCapacity: count * entrySize)
        let running = Dictionary(cpus.map { ($0.logicalID, $0) }) { first, _ in first }
        for thread in 0..<UInt32(clamping: count) {
            let cpu = running[thread]
            writer.put(thread)
            writer.put([cpu == nil ? inactive : 0, 0, 0, 0])
            // Counted from the field itself, which is 8 bytes into the header.
            for value in [headerSize - 8, 32 + special.count, registerSize, registerSize] {
                writer.put(UInt32(clamping: value))
            }
            for number in 0..<32 { put(1, UInt32(number), cpu?.gpr(number) ?? 0, &writer) }
            for (register, number) in special { put(2, number, cpu?[register] ?? 0, &writer) }
        }
        return writer.bytes
    }

    private static func put(_ type: UInt32, _ number: UInt32, _ value: UInt64, _ writer: inout BinaryWriter) {
        writer.put(type)
        writer.put(number)
        writer.put(value)
    }

    /// The threads that run, out of entries of `entrySize` bytes each.
    public static func cpus(parsing bytes: [UInt8], entrySize: Int) throws(BinaryError) -> [SavedCPU] {
        guard entrySize >= headerSize else {
            throw .invalid(field: "size of a thread's registers", offset: 0, found: "\(entrySize)")
        }
        var cpus: [SavedCPU] = []
        for start in stride(from: 0, through: bytes.count - entrySize, by: entrySize) {
            var reader = BinaryReader(Array(bytes[start..<(start + entrySize)]), .big)
            let thread = try reader.u32("PIR of a thread")
            let state = UInt8(truncatingIfNeeded: try reader.u32("state of a core") >> 24)
            let offset = try reader.u32("offset of a thread's registers")
            let count = try reader.u32("number of a thread's registers")
            let size = try reader.u32("size of a register")
            guard state != inactive else { continue }
            guard size >= registerSize else {
                throw .invalid(field: "size of a register", offset: start + 16, found: "\(size)")
            }
            try reader.skip(Int(offset) + 8 - reader.offset, "registers of a thread")
            var registers: [RegisterIdentifier: UInt64] = [:]
            for _ in 0..<count {
                let type = try reader.u32("type of a register")
                let number = try reader.u32("number of a register")
                let value = try reader.u64("value of a register")
                try reader.skip(Int(size) - registerSize, "a register")
                if let name = name(type, number) { registers[name] = value }
            }
            cpus.append(SavedCPU(logicalID: thread, registers: registers))
        }
        return cpus
    }

    private static func name(_ type: UInt32, _ number: UInt32) -> RegisterIdentifier? {
        if type == 1 { return number < 32 ? .gpr(Int(number)) : nil }
        return special.first { $0.1 == number }?.0
    }
}
