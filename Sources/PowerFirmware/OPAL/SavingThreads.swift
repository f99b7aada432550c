import BinaryCodec
import PhysicalMemory

/// What OPAL tells the next kernel of the registers that it saved. Big-endian: version 1, pad 7, PIR of the crashing
/// thread 4, version of the registers 4, bytes of a thread's 4, number of ranges 4, then ranges of 24 bytes.
///
/// Source: skiboot, include/opal-api.h, `struct opal_mpipl_fadump`.
public struct OPALDumpDescription: Sendable, Hashable {
    public static let byteCount = 24 + 24

    public var crashingThread: UInt32
    public var version: UInt32
    public var entrySize: UInt32
    public var range: PreservedRange

    var bytes: [UInt8] {
        var writer = BinaryWriter(.big)
        writer.put([1, 0, 0, 0, 0, 0, 0, 0])
        for value in [crashingThread, version, entrySize, 1] { writer.put(value) }
        for value in [range.source, range.destination, range.size] { writer.put(value) }
        return writer.bytes
    }

    public init(parsing bytes: [UInt8]) throws(BinaryError) {
        var reader = BinaryReader(bytes, .big)
        try reader.skip(8, "version of the dump description")
        crashingThread = try reader.u32("PIR of the crashing thread")
        version = try reader.u32("version of the registers")
        entrySize = try reader.u32("size of a thread's registers")
        try reader.skip(4, "number of ranges")
        range = PreservedRange(
            source: try reader.u64("source of the registers"),
            destination: try reader.u64("address of the registers"),
            size: try reader.u64("size of the registers")
        )
    }

    init(crashingThread: UInt32, _ range: PreservedRange) {
        self.crashingThread = crashingThread
        version = ThreadRegisters.version
        entrySize = UInt32(clamping: ThreadRegisters.entrySize)
        self.range = range
    }
}

extension PowerFirmware {
    private static var descriptionAddress: UInt64 { opalMemory.start.rawValue + 0x13f_0000 }
    private static var registersAddress: UInt64 { opalMemory.start.rawValue + 0x140_0000 }

    /// Saves the registers of all threads into OPAL's own memory and leaves tags that lead there. A machine without
    /// memory there gets none, and its kernel has to do without.
    mutating func saveThreads(_ cpus: [CPUState], _ ram: PhysicalRAM) -> FirmwareEvent {
        let bytes = ThreadRegisters.bytes(cpus.map(\.saved), count: configuration.maximumCPUs)
        let range = PreservedRange(source: 0, destination: Self.registersAddress, size: UInt64(bytes.count))
        let description = OPALDumpDescription(crashingThread: cpus.first?.logicalID ?? 0, range)
        do {
            try ram.write(bytes, at: PhysicalAddress(Self.registersAddress))
            try ram.write(description.bytes, at: PhysicalAddress(Self.descriptionAddress))
            mpipl.tags[.cpu] = Self.descriptionAddress
        } catch {
            mpipl.tags[.cpu] = nil
        }
        mpipl.tags[.opal] = Self.descriptionAddress
        return FirmwareEvent(
            "section-saved",
            [
                "type": "thread-registers", "bytes": String(mpipl.tags[.cpu] == nil ? 0 : bytes.count),
                "error-flags": "0x0", "destination": PhysicalAddress(Self.registersAddress).description,
            ]
        )
    }
}
