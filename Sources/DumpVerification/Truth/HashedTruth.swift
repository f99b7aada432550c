import BinaryCodec
import CrashTruth
import DumpFormats
import PhysicalMemory

/// A truth whose stored memory is replaced by a hash of each page: what is kept when the machine is gone.
public struct HashedTruth: ~Copyable {
    /// What the file consists of; its runs are whole pages.
    public let truth: Truth
    private var comparator: Comparator
    private let units: [Range<UInt64>]

    /// Memory that has to be read.
    public var total: UInt64 { units.reduce(0) { $0 &+ ($1.upperBound - $1.lowerBound) } }

    /// Errors: a truth that has hashes already.
    public init(of reader: TruthReader) throws(DumpFailure) {
        let truth = reader.truth
        guard truth.payload == .bytes else { throw .unsuitable("the truth has hashes already, no bytes") }
        comparator = Comparator(reader)
        let stored = Self.stored(truth)
        units = stored
        var place: UInt64 = 0
        var runs: [TruthRun] = []
        for run in stored {
            let range = AddressRange(PhysicalAddress(run.lowerBound), upTo: PhysicalAddress(run.upperBound))
            runs.append(TruthRun(range: range, source: .stored(place)))
            place += range.pageCount(truth.facts.pageSize) * UInt64(PageHash.byteCount)
        }
        runs += Self.generated(truth, around: runs)
        runs.sort { $0.range.start < $1.range.start }
        self.truth = Truth(
            facts: truth.facts,
            segments: truth.segments,
            cpus: truth.cpus,
            notes: truth.notes,
            runs: runs,
            payload: .hashes
        )
    }

    /// Stored runs with the rest of the pages that they begin and end in, as far as these lie in the segment.
    private static func stored(_ truth: Truth) -> [Range<UInt64>] {
        var widened: [Range<UInt64>] = []
        var segment = 0
        for run in truth.runs where !run.isGenerated {
            while truth.segments[segment].end <= run.range.start { segment += 1 }
            let part = run.range.widened(to: truth.facts.pageSize).intersection(truth.segments[segment])
            let range = part.start.rawValue..<part.end.rawValue
            if let last = widened.last, last.upperBound >= range.lowerBound,
                last.lowerBound >= truth.segments[segment].start.rawValue
            {
                widened[widened.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                widened.append(range)
            }
        }
        return widened
    }

    /// Generated runs without what is hashed now.
    private static func generated(_ truth: Truth, around stored: [TruthRun]) -> [TruthRun] {
        var kept: [TruthRun] = []
        var first = 0
        for run in truth.runs {
            guard case .generated(let place) = run.source else { continue }
            while first < stored.count, stored[first].range.end <= run.range.start { first += 1 }
            var position = run.range.start
            func keep(upTo end: PhysicalAddress) {
                guard position < end else { return }
                let offset = position.rawValue - run.range.start.rawValue
                let origin = MadeUpOrigin(place.maker, place.offset &+ offset)
                kept.append(TruthRun(range: AddressRange(position, upTo: end), source: .generated(origin)))
            }
            var next = first
            while next < stored.count, stored[next].range.start < run.range.end {
                keep(upTo: stored[next].range.start)
                position = max(position, stored[next].range.end)
                next += 1
            }
            keep(upTo: run.range.end)
        }
        return kept
    }

    /// Gives the file to `write`, piece by piece; `goesOn` gets the bytes of memory read since it was called last.
    ///
    /// Errors: those of `write`, `DumpFailure` where the truth cannot be read, `Verification.Stopped`.
    public consuming func write(
        _ write: ([UInt8]) throws -> Void,
        _ goesOn: (UInt64) -> Bool = { _ in true }
    ) throws {
        let pageSize = truth.facts.pageSize
        let hashes = units.reduce(UInt64(0)) { sum, unit in
            sum + ((unit.upperBound - 1) / pageSize - unit.lowerBound / pageSize + 1)
        }
        try write(try truth.fileHead(payloadSize: hashes * UInt64(PageHash.byteCount)))
        var writer = BinaryWriter(.little)
        for run in units {
            var position = run.lowerBound
            while position < run.upperBound {
                let end = comparator.units.end(of: position, in: run.upperBound)
                let hash = try comparator.hash(of: position..<end)
                writer.put(hash.words.first)
                writer.put(hash.words.second)
                guard goesOn(end - position) else { throw Verification.Stopped() }
                position = end
                if writer.count >= 1 << 16 {
                    try write(writer.bytes)
                    writer = BinaryWriter(.little)
                }
            }
        }
        try write(writer.bytes)
    }
}
