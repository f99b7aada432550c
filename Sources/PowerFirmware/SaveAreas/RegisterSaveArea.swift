import BinaryCodec

/// The register save area: what firmware puts into the CPU section of a dump. Always big-endian.
///
/// Header of 32 bytes (magic, version, offset of the number of CPUs, the number of CPUs at 0x1c), then entries of
/// 16 bytes: identifier and value. A CPU begins with CPUSTRT and ends with CPUEND, both with its logical id.
/// Source: LoPAR, firmware-assisted dump data format, register save area.
public struct RegisterSaveArea: Sendable, Hashable {
    public static let magic: UInt64 = 0x5245_4753_4156_4500
    public static let headerSize = 0x20
    public static let entrySize = 16

    /// Where PAPR puts the number of CPUs.
    public static let countOffset: UInt32 = 0x1c

    public var cpus: [SavedCPU]

    public init(cpus: [SavedCPU]) { self.cpus = cpus }

    /// Why a save area cannot be read; kernels tell the first two apart.
    public enum Failure: Error, Hashable, Sendable {
        case badMagic(UInt64)
        /// The first entry of a CPU is not CPUSTRT.
        case noCPUStart(at: Int)
        case malformed(BinaryError)
    }

    /// Follows the header's offset, so that platforms that keep the number of CPUs elsewhere can be read too.
    public init(parsing bytes: [UInt8]) throws(Failure) {
        do {
            var reader = BinaryReader(bytes, .big)
            let magic = try reader.u64("magic of the register save area")
            guard magic == Self.magic else { throw Failure.badMagic(magic) }
            try reader.skip(4, "version of the register save area")
            let offset = try reader.u32("offset of the number of CPUs")
            var counter = BinaryReader(bytes, .big)
            try counter.skip(Int(offset), "number of CPUs")
            let count = try counter.u32("number of CPUs")
            try reader.skip(Self.headerSize - reader.offset, "header of the register save area")
            var cpus = SavedCPUs()
            for _ in 0..<count { try Self.readCPU(&reader, &cpus) }
            self.cpus = cpus.cpus
        } catch let failure as Failure {
            throw failure
        } catch let error as BinaryError {
            throw .malformed(error)
        } catch {
            throw .malformed(.invalid(field: "register save area", offset: 0, found: "\(error)"))
        }
    }

    private static func readCPU(_ reader: inout BinaryReader, _ cpus: inout SavedCPUs) throws {
        let start = reader.offset
        guard try reader.u64("start of a CPU") == RegisterIdentifier.cpuStart.rawValue else {
            throw Failure.noCPUStart(at: start)
        }
        let id = UInt32(truncatingIfNeeded: try reader.u64("logical id of a CPU"))
        var registers: [RegisterIdentifier] = []
        var values: [UInt64] = []
        while true {
            let identifier = RegisterIdentifier(rawValue: try reader.u64("identifier of a register"))
            let value = try reader.u64("value of a register")
            if identifier == .cpuEnd { return cpus.append(id, registers, values) }
            registers.append(identifier)
            values.append(value)
        }
    }

    /// The bytes of an area with so many CPUs of so many registers each.
    static func byteCount(cpus: Int, registers: Int) -> Int {
        headerSize + cpus * (registers + 2) * entrySize
    }

    /// Writes the area; `order` is the order of the registers, `countOffset` where the number of CPUs goes.
    public func write(
        to writer: inout BinaryWriter,
        order: [RegisterIdentifier],
        countOffset: UInt32 = Self.countOffset
    ) {
        writer.put(Self.magic)
        writer.put(UInt32(0))
        writer.put(countOffset)
        var rest = Array(repeating: UInt8(0), count: Self.headerSize - 16)
        let at = Int(countOffset) - 16
        let number = UInt32(clamping: cpus.count)
        for index in 0..<4 where rest.indices.contains(at + index) {
            rest[at + index] = UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * index))
        }
        writer.put(rest)
        var names: RegisterNames?
        var places: [Int?] = []
        for cpu in cpus {
            // Once for all CPUs that have the same registers.
            if names != cpu.names { places = order.map { cpu.names[$0] } }
            names = cpu.names
            entry(.cpuStart, UInt64(cpu.logicalID), &writer)
            for (register, place) in zip(order, places) {
                entry(register, place.map { cpu.values[$0] } ?? 0, &writer)
            }
            entry(.cpuEnd, UInt64(cpu.logicalID), &writer)
        }
    }

    private func entry(_ identifier: RegisterIdentifier, _ value: UInt64, _ writer: inout BinaryWriter) {
        writer.put(identifier.rawValue)
        writer.put(value)
    }
}
