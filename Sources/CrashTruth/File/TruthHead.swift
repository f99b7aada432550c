import BinaryCodec

/// The first 64 bytes of a truth file: what it is, and how much of everything follows.
///
/// Little-endian. Facts, notes, CPUs, segments and runs follow in this order, padded to a page of 4096 bytes, then the
/// payload to the end of the file.
public struct TruthHead: Hashable, Sendable {
    public static let byteCount = 64
    public static let magic: [UInt8] = Array("FADTRUTH".utf8)
    /// The version that is written, and the only one there is.
    public static let version: UInt32 = 1

    public var payload: TruthPayload
    var facts: UInt32
    var notes: UInt32
    var cpus: UInt32
    var segments: UInt32
    var runs: UInt32
    /// Bytes of the payload.
    public var payloadSize: UInt64

    static let cpuSize = 16
    static let segmentSize = 16
    static let runSize = 32

    /// Bytes of everything before the payload.
    ///
    /// No sum of these can leave 64 bits: each is a 32-bit number times a few bytes.
    public var size: UInt64 {
        let end =
            UInt64(Self.byteCount) + UInt64(facts) + UInt64(notes) + UInt64(cpus) * UInt64(Self.cpuSize)
            + UInt64(segments) * UInt64(Self.segmentSize) + UInt64(runs) * UInt64(Self.runSize)
        return end.alignedUp(to: 4096)
    }

    init(
        payload: TruthPayload,
        facts: UInt32,
        notes: UInt32,
        cpus: UInt32,
        segments: UInt32,
        runs: UInt32,
        payloadSize: UInt64
    ) {
        self.payload = payload
        self.facts = facts
        self.notes = notes
        self.cpus = cpus
        self.segments = segments
        self.runs = runs
        self.payloadSize = payloadSize
    }

    /// Errors: no truth file, one of another version, fewer than 64 bytes.
    public init(parsing bytes: [UInt8]) throws(BinaryError) {
        var reader = BinaryReader(bytes, .little)
        let magic = try reader.bytes(Self.magic.count, "magic")
        guard magic == Self.magic else {
            throw .invalid(field: "magic", offset: 0, found: "not FADTRUTH: this is no truth file")
        }
        let version = try reader.u32("version")
        guard version == Self.version else {
            throw .invalid(
                field: "version",
                offset: 8,
                found: "\(version); this program reads \(Self.version)"
            )
        }
        let kind = try reader.u32("payload")
        guard let payload = TruthPayload(rawValue: kind) else {
            throw .invalid(field: "payload", offset: 12, found: "\(kind), neither 1 (bytes) nor 2 (hashes)")
        }
        self.payload = payload
        facts = try reader.u32("length of the facts")
        notes = try reader.u32("length of the notes")
        cpus = try reader.u32("number of CPUs")
        segments = try reader.u32("number of segments")
        runs = try reader.u32("number of runs")
        try reader.skip(4, "padding")
        payloadSize = try reader.u64("length of the payload")
        try reader.skip(16, "reserved bytes")
    }

    public func write(to writer: inout BinaryWriter) {
        writer.put(Self.magic)
        writer.put(Self.version)
        writer.put(payload.rawValue)
        for number in [facts, notes, cpus, segments, runs, 0] { writer.put(number) }
        writer.put(payloadSize)
        writer.pad(16)
    }
}
