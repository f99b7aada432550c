import CrashTruth
import DumpFormats
import PhysicalMemory
import SyntheticKernel

/// Holds a captured dump against what memory, registers and notes were: page by page, in the order of addresses.
///
/// Memory needed does not depend on the size of the dump: a buffer for pages, one for the truth, the bands of the
/// picture, and lists that are cut at a limit.
public struct Verification: ~Copyable {
    /// What is asked.
    public struct Request: Sendable {
        /// The bits of `makedumpfile -d` that the dump was made with; nil for what the dump says.
        public var level: UInt8?
        /// Looks at this memory alone.
        public var window: AddressRange?
        /// So many damaged ranges, and misplaced pages, are listed.
        public var listed = 20
        /// Bands of the picture.
        public var bands = 1024

        public init() {}
    }

    /// The verification was told to stop.
    public struct Stopped: Error {
        public init() {}
    }

    let dump: DumpReader
    let plan: PagePlan?
    let level: UInt8
    let chunk: UnsafeMutableRawBufferPointer
    var comparator: Comparator
    var result: VerificationResult
    /// Pages that are wrong, as far as they are looked for elsewhere.
    var wrong: [WrongPage] = []
    /// Memory that has to be looked at, in bytes.
    public let total: UInt64
    /// Memory below this is in a part of the file that is not there.
    var unreadableEnd: UInt64 = 0
    private let segments: [AddressRange]

    private static let chunkSize = 1 << 20

    /// Where the truth has no plan of what pages were used for, only pages of zeros may be missing.
    public init(of dump: DumpReader, against truth: TruthReader, _ request: Request = .init()) {
        self.dump = dump
        let facts = truth.truth.facts
        plan = PagePlan(pageSize: facts.pageSize) { facts[$0] }
        let all = truth.truth.segments
        segments = all.compactMap { segment in
            let part = request.window.map { segment.intersection($0.widened(to: facts.pageSize)) } ?? segment
            return part.isEmpty ? nil : part
        }
        total = segments.reduce(0) { $0 &+ $1.count }
        let level = DumpLevel(request.level, dump.description)
        self.level = level.bits
        let size = max(Self.chunkSize, Int(clamping: facts.pageSize))
        chunk = .allocate(byteCount: size, alignment: 4096)
        comparator = Comparator(truth)
        let shown = AddressRange(segments.first?.start ?? 0, upTo: segments.last?.end ?? 0)
        let cpus = CPUFindings(dump.description, truth.truth)
        let notes = NoteFindings(dump.description, truth.truth)
        result = VerificationResult(
            dump: dump.description,
            truth: facts,
            level: level,
            window: request.window,
            bands: Bands(shown, count: request.bands, pageSize: facts.pageSize),
            damage: DamageList(limit: request.listed),
            facts: HeaderFindings(dump.description, facts).facts,
            cpus: cpus.cpus,
            superfluousCPUs: cpus.superfluous,
            lines: notes.lines,
            notes: notes.notes
        )
        if dump.description.isIncomplete {
            result.problems.append("the dump says of itself that it is incomplete")
        }
        result.superfluous = dump.description.memory.subtracting(all).reduce(0) { $0 &+ $1.count }
    }

    deinit { chunk.deallocate() }

    /// Looks at everything. `goesOn` gets the bytes that were looked at since it was called last, and says whether to
    /// go on.
    ///
    /// Errors: `DumpFailure` where the truth cannot be read, `Stopped`. What cannot be read of the dump is a finding.
    public mutating func run(_ goesOn: (UInt64) -> Bool = { _ in true }) throws -> VerificationResult {
        for segment in segments {
            var position = segment.start.rawValue
            let end = segment.end.rawValue
            while position < end {
                let next = try step(from: position, upTo: end)
                guard goesOn(next - position) else { throw Stopped() }
                position = next
            }
        }
        try findMisplaced()
        return result
    }

    /// Looks at what comes next, and returns where that ends.
    private mutating func step(from position: UInt64, upTo end: UInt64) throws(DumpFailure) -> UInt64 {
        let pageSize = comparator.units.pageSize
        // Chunks end where pages do.
        let limit = min(end, (position &+ UInt64(chunk.count)).alignedToPage(pageSize, from: position))
        if position < unreadableEnd {
            let limit = min(end, unreadableEnd)
            add(.unreadable, position..<limit)
            return limit
        }
        let run: MemoryRun
        do throws(DumpFailure) { run = try dump.run(at: position) } catch {
            note(error)
            let unit = comparator.units.end(of: position, in: end)
            add(.unreadable, position..<unit)
            return unit
        }
        if run.state != .present {
            // Whole pages of what is not there; where something is in the last one, it is looked at below.
            let absent = run.range.end.rawValue >= end ? end : run.range.end.rawValue & ~(pageSize - 1)
            if absent > position {
                let part = min(absent, position &+ Self.absentStep)
                let stop = part < absent ? part & ~(pageSize - 1) : absent
                try judgeAbsent(position..<max(stop, comparator.units.end(of: position, in: end)))
                return max(stop, comparator.units.end(of: position, in: end))
            }
        }
        // A hole of the file where memory was never written to: there is nothing to read on either side.
        let zeros = min(end, position &+ dump.zeros(in: run))
        if zeros > limit {
            let same = comparator.zeros(from: position, upTo: zeros).alignedToPage(pageSize, from: position)
            if same > limit {
                add(.right, position..<same)
                return same
            }
        }
        try judge(position..<limit)
        return limit
    }

    /// So much of what is not there is judged at a time: between two looks at whether to go on.
    private static let absentStep: UInt64 = 256 << 20
}
