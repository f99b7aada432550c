import BinaryCodec
import CrashTruth
import DumpFormats
import PhysicalMemory

/// Reads a truth file: what memory was, by physical address.
///
/// Only what lies before the payload is kept; the payload is read where it is asked for. It may be used by several
/// threads at once.
public final class TruthReader: Sendable {
    public let truth: Truth
    private let file: any DumpBytes
    private let payload: UInt64
    private let makers: [MadeUpOrigin.Maker: any MemoryBackground]

    /// More than a hundred million runs of memory are refused.
    private static let headLimit: UInt64 = 4 << 30

    /// Reads everything but the payload. `makers` gives what makes up memory out of the facts.
    ///
    /// Errors: a file that is malformed or cut short, facts that do not say how memory is made up that is.
    public init(
        _ file: any DumpBytes,
        makers: (MadeUpOrigin.Maker, TruthFacts) -> (any MemoryBackground)? = { _, _ in nil }
    ) throws(DumpFailure) {
        self.file = file
        do throws(BinaryError) {
            let head = try TruthHead(parsing: Self.bytes(of: file, TruthHead.byteCount))
            payload = head.size
            guard payload <= Self.headLimit, file.size >= payload, file.size - payload >= head.payloadSize
            else {
                throw BinaryError.truncated(
                    field: "truth",
                    offset: Int(clamping: file.size),
                    needed: Int(clamping: payload.addingReportingOverflow(head.payloadSize).partialValue),
                    available: Int(clamping: file.size)
                )
            }
            truth = try Truth(parsing: Self.bytes(of: file, Int(clamping: payload)))
        } catch {
            throw DumpFailure.malformed(error, file: file.name)
        }
        var known: [MadeUpOrigin.Maker: any MemoryBackground] = [:]
        for maker in Set(truth.runs.compactMap(\.maker)) {
            guard let background = makers(maker, truth.facts) else {
                throw .unsuitable("\(file.name): memory is made up in a way that this program does not know")
            }
            known[maker] = background
        }
        self.makers = known
    }

    private static func bytes(of file: any DumpBytes, _ count: Int) throws(BinaryError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = bytes.withUnsafeMutableBytes { (try? file.read(at: 0, into: $0)) ?? 0 }
        return Array(bytes[..<got])
    }

    /// What memory is from `address` on, up to the end of the run of the same kind or `end`; not empty.
    ///
    /// `index` is where the last call found its run, to begin the next search there.
    func piece(at address: UInt64, upTo end: UInt64, _ index: inout Int) -> TruthPiece {
        let runs = truth.runs
        if index >= runs.count || (index > 0 && runs[index - 1].range.end.rawValue > address)
            || runs[index].range.end.rawValue <= address
        {
            index = firstRun(endingAbove: address)
        }
        guard index < runs.count, runs[index].range.start.rawValue < end else {
            return TruthPiece(.zeros, address..<end)
        }
        let run = runs[index]
        guard run.range.start.rawValue <= address else {
            return TruthPiece(.zeros, address..<run.range.start.rawValue)
        }
        let limit = min(end, run.range.end.rawValue)
        let inside = address - run.range.start.rawValue
        switch run.source {
        case .generated(let origin):
            let place = MadeUpOrigin(origin.maker, origin.offset + inside)
            return TruthPiece(.generated(at: place), address..<limit)
        case .stored(let place) where truth.payload == .bytes:
            return TruthPiece(.bytes(at: place + inside), address..<limit)
        case .stored(let place):
            let page = truth.facts.pageSize
            let number = address / page - run.range.start.rawValue / page
            return TruthPiece(.hashes(at: place + number * UInt64(PageHash.byteCount)), address..<limit)
        }
    }

    private func firstRun(endingAbove address: UInt64) -> Int {
        var low = 0
        var high = truth.runs.count
        while low < high {
            let middle = low + (high - low) / 2
            if truth.runs[middle].range.end.rawValue > address { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Fills `buffer` with bytes that a piece names.
    func fill(_ buffer: UnsafeMutableRawBufferPointer, _ kind: TruthPiece.Kind) throws(DumpFailure) {
        switch kind {
        case .zeros: buffer.initializeMemory(as: UInt8.self, repeating: 0)
        case .bytes(let place): try read(buffer, at: place)
        case .generated(let place):
            do { try makers[place.maker]?.fill(buffer, at: place.offset) } catch {
                throw .file(error, file: file.name)
            }
        case .hashes: throw .unsuitable("\(file.name) has hashes of this memory, not its bytes")
        }
    }

    /// The hash at `place` of the payload.
    func hash(at place: UInt64) throws(DumpFailure) -> PageHash {
        let words = try withUnsafeTemporaryAllocation(byteCount: PageHash.byteCount, alignment: 8) { buffer in
            Result { () throws(DumpFailure) in
                try read(buffer, at: place)
                return (
                    UInt64(littleEndian: buffer.load(as: UInt64.self)),
                    UInt64(littleEndian: buffer.load(fromByteOffset: 8, as: UInt64.self))
                )
            }
        }.get()
        return PageHash(first: words.0, second: words.1)
    }

    private func read(_ buffer: UnsafeMutableRawBufferPointer, at place: UInt64) throws(DumpFailure) {
        let count = try file.read(at: payload &+ place, into: buffer)
        guard count == buffer.count else {
            throw .malformed(
                .truncated(
                    field: "payload of the truth",
                    offset: Int(clamping: payload &+ place),
                    needed: buffer.count,
                    available: count
                ),
                file: file.name
            )
        }
    }
}

/// A run of memory as a truth has it.
struct TruthPiece {
    enum Kind {
        case zeros
        /// At an offset of the payload.
        case bytes(at: UInt64)
        /// At an offset of the payload is the hash of the page that the piece begins in.
        case hashes(at: UInt64)
        case generated(at: MadeUpOrigin)
    }

    var kind: Kind
    var range: Range<UInt64>

    init(_ kind: Kind, _ range: Range<UInt64>) {
        self.kind = kind
        self.range = range
    }

    var count: Int { Int(clamping: range.upperBound - range.lowerBound) }
}

extension TruthRun {
    var isGenerated: Bool { maker != nil }

    /// What makes it up; nil for stored memory.
    var maker: MadeUpOrigin.Maker? {
        if case .generated(let origin) = source { origin.maker } else { nil }
    }
}
