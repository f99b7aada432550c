import BinaryCodec
import CoreFile
import PhysicalMemory

extension Truth {
    /// Everything of the file but its payload, of which `payloadSize` bytes follow.
    ///
    /// Errors: more of something than 32 bits can count.
    public func fileHead(payloadSize: UInt64) throws(BinaryError) -> [UInt8] {
        func count(_ number: Int, _ what: String) throws(BinaryError) -> UInt32 {
            guard let count = UInt32(exactly: number) else { throw .overflow(what) }
            return count
        }
        let text = Array(facts.text.utf8)
        let list = NoteList(notes)
        let head = TruthHead(
            payload: payload,
            facts: try count(text.count, "length of the facts"),
            notes: try count(list.byteCount, "length of the notes"),
            cpus: try count(cpus.count, "number of CPUs"),
            segments: try count(segments.count, "number of segments"),
            runs: try count(runs.count, "number of runs"),
            payloadSize: payloadSize
        )
        var writer = BinaryWriter(.little, reservingCapacity: Int(clamping: head.size))
        head.write(to: &writer)
        writer.put(text)
        list.write(to: &writer)
        for cpu in cpus { cpu.write(to: &writer) }
        for segment in segments { segment.writeTruth(to: &writer) }
        for run in runs { run.write(to: &writer) }
        writer.pad(Int(clamping: head.size) - writer.count)
        return writer.bytes
    }

    /// Reads what `fileHead` wrote: all bytes before the payload.
    ///
    /// Errors: `BinaryError` with the field and its offset; segments or runs that overlap or are out of order, a run
    /// in no segment or beyond the payload, a CPU without a note.
    public init(parsing bytes: [UInt8]) throws(BinaryError) {
        let head = try TruthHead(parsing: bytes)
        var reader = BinaryReader(bytes, .little)
        try reader.skip(TruthHead.byteCount, "head")
        let start = reader.offset
        facts = try TruthFacts(parsing: try reader.bytes(Int(head.facts), "facts"), offset: start)
        notes = try NoteList(parsing: try reader.bytes(Int(head.notes), "notes"), .little).notes
        payload = head.payload
        cpus = []
        for _ in 0..<head.cpus { cpus.append(try CPU(parsing: &reader, notes: notes.count)) }
        segments = []
        for _ in 0..<head.segments {
            let segment = try AddressRange(truth: &reader, after: segments.last)
            segments.append(segment)
        }
        runs = []
        var bounds = RunBounds(segments: segments, pageSize: facts.pageSize, head)
        for _ in 0..<head.runs { runs.append(try TruthRun(parsing: &reader, &bounds)) }
    }
}

extension Truth.CPU {
    fileprivate func write(to writer: inout BinaryWriter) {
        writer.put(id)
        writer.put(UInt32(isCrashing ? 1 : 0))
        writer.put(UInt32(clamping: note))
        writer.pad(4)
    }

    fileprivate init(parsing reader: inout BinaryReader, notes: Int) throws(BinaryError) {
        id = try reader.u32("number of a CPU")
        isCrashing = try reader.u32("flags of a CPU") & 1 == 1
        let offset = reader.offset
        note = Int(try reader.u32("note of a CPU"))
        guard note < notes else {
            throw .invalid(field: "note of a CPU", offset: offset, found: "\(note) of \(notes)")
        }
        try reader.skip(4, "padding of a CPU")
    }
}

extension AddressRange {
    fileprivate func writeTruth(to writer: inout BinaryWriter) {
        writer.put(start.rawValue)
        writer.put(count)
    }

    /// Errors: a range that wraps, or does not lie behind `last`.
    fileprivate init(truth reader: inout BinaryReader, after last: AddressRange?) throws(BinaryError) {
        let offset = reader.offset
        let start = try reader.u64("start of a range")
        let count = try reader.u64("length of a range")
        guard let range = AddressRange(start: PhysicalAddress(start), count: count), !range.isEmpty,
            last.map({ $0.end <= range.start }) ?? true
        else {
            throw .invalid(
                field: "range",
                offset: offset,
                found: "\(count) bytes at 0x\(String(start, radix: 16)): wraps, is empty or out of order"
            )
        }
        self = range
    }
}

extension TruthRun {
    private static let stored: UInt32 = 1
    private static let generated: UInt32 = 2

    fileprivate func write(to writer: inout BinaryWriter) {
        range.writeTruth(to: &writer)
        switch source {
        case .stored(let place):
            writer.put(Self.stored)
            writer.pad(4)
            writer.put(place)
        case .generated(let place):
            writer.put(Self.generated)
            writer.put(place.maker.rawValue)
            writer.put(place.offset)
        }
    }

    fileprivate init(parsing reader: inout BinaryReader, _ bounds: inout RunBounds) throws(BinaryError) {
        range = try AddressRange(truth: &reader, after: bounds.last)
        let offset = reader.offset
        let kind = try reader.u32("kind of a run")
        let maker = try reader.u32("maker of a run")
        let place = try reader.u64("place of a run")
        switch kind {
        case Self.stored: source = .stored(place)
        case Self.generated:
            guard let maker = MadeUpOrigin.Maker(rawValue: maker) else {
                throw .invalid(field: "maker of a run", offset: offset + 4, found: "\(maker)")
            }
            source = .generated(MadeUpOrigin(maker, place))
        default: throw .invalid(field: "kind of a run", offset: offset, found: "\(kind)")
        }
        try bounds.check(self, offset)
    }
}

/// What a run has to keep to: one segment, and the payload.
private struct RunBounds {
    private let segments: [AddressRange]
    private let pageSize: UInt64
    private let payload: TruthPayload
    private let payloadSize: UInt64
    private var segment = 0
    private(set) var last: AddressRange?

    init(segments: [AddressRange], pageSize: UInt64, _ head: TruthHead) {
        self.segments = segments
        self.pageSize = pageSize
        payload = head.payload
        payloadSize = head.payloadSize
    }

    mutating func check(_ run: TruthRun, _ offset: Int) throws(BinaryError) {
        while segment < segments.count, segments[segment].end <= run.range.start { segment += 1 }
        guard segment < segments.count, segments[segment].contains(run.range) else {
            throw .invalid(field: "run", offset: offset, found: "\(run.range) is in no segment")
        }
        last = run.range
        switch run.source {
        case .generated(let place):
            guard !place.offset.addingReportingOverflow(run.range.count).overflow else {
                throw .overflow("place of a run")
            }
        case .stored(let place):
            let needed =
                payload == .bytes
                ? run.range.count
                : run.range.pageCount(pageSize) &* UInt64(PageHash.byteCount)
            guard place <= payloadSize, needed <= payloadSize - place else {
                throw .invalid(field: "place of a run", offset: offset, found: "\(place): beyond the payload")
            }
        }
    }
}

extension AddressRange {
    /// How many pages it touches.
    public func pageCount(_ pageSize: UInt64) -> UInt64 {
        guard !isEmpty else { return 0 }
        return (end.rawValue - 1) / pageSize - start.rawValue / pageSize + 1
    }
}
