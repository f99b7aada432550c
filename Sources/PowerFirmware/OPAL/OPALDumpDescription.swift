import BinaryCodec

/// What OPAL tells the next kernel of what it saved: the registers (tag CPU), or its own memory (tag OPAL).
///
/// Big-endian: version 1, pad 7, PIR of the crashing thread 4, version of the registers 4, bytes of each thread's 4, number
/// of ranges 4, then ranges of 24 bytes: source, destination, size.
/// Source: skiboot, include/opal-api.h, `struct opal_mpipl_fadump`.
public struct OPALDumpDescription: Sendable, Hashable {
    public static let headerSize = 24
    /// Linux takes eight ranges and no more.
    public static let maximumRanges = 8
    static let version: UInt8 = 1

    public var crashingThread: UInt32 = 0
    public var registerVersion: UInt32 = 0
    public var entrySize: UInt32 = 0
    public var ranges: [PreservedRange]

    init(_ ranges: [PreservedRange]) { self.ranges = ranges }

    var bytes: [UInt8] {
        var writer = BinaryWriter(.big)
        writer.put([Self.version, 0, 0, 0, 0, 0, 0, 0])
        for value in [crashingThread, registerVersion, entrySize] { writer.put(value) }
        writer.put(UInt32(clamping: ranges.count))
        for range in ranges {
            for value in [range.source, range.destination, range.size] { writer.put(value) }
        }
        return writer.bytes
    }

    /// Errors: fewer bytes than the ranges take.
    public init(parsing bytes: [UInt8]) throws(BinaryError) {
        var reader = BinaryReader(bytes, .big)
        try reader.skip(8, "version of the dump description")
        crashingThread = try reader.u32("PIR of the crashing thread")
        registerVersion = try reader.u32("version of the registers")
        entrySize = try reader.u32("size of a thread's registers")
        let count = try reader.u32("number of ranges")
        ranges = []
        for _ in 0..<min(count, UInt32(Self.maximumRanges)) {
            ranges.append(
                PreservedRange(
                    source: try reader.u64("source of a range"),
                    destination: try reader.u64("destination of a range"),
                    size: try reader.u64("size of a range")
                )
            )
        }
    }
}
