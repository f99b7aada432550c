import BinaryCodec
import CoreFile
import PhysicalMemory

/// What a machine's memory, registers and notes were when it crashed: what every dump of that crash is held against.
///
/// It is small whatever the size of the memory: zeros are not mentioned, made-up memory is named by where it comes
/// from, and of stored memory there are the bytes or, a sixteenth of a per cent of them, their hashes.
public struct Truth: Hashable, Sendable {
    public var facts: TruthFacts
    /// What of memory the capture kernel offered to tools: only that can be in a dump. Ascending, no two overlap.
    public var segments: [AddressRange]
    /// The CPUs whose registers are among the notes.
    public var cpus: [CPU]
    /// Those of the CPUs as they really were, and all others as the capture kernel had them.
    public var notes: [ELFNote]
    /// Memory that may hold anything but zeros: ascending, no two overlap, each within one segment.
    public var runs: [TruthRun]
    public var payload: TruthPayload

    /// A CPU that ran when the machine crashed.
    public struct CPU: Hashable, Sendable {
        /// Its logical number.
        public var id: UInt32
        /// It was the one that crashed.
        public var isCrashing: Bool
        /// Which of the notes has its registers.
        public var note: Int

        public init(id: UInt32, isCrashing: Bool, note: Int) {
            self.id = id
            self.isCrashing = isCrashing
            self.note = note
        }
    }

    public init(
        facts: TruthFacts,
        segments: [AddressRange],
        cpus: [CPU],
        notes: [ELFNote],
        runs: [TruthRun],
        payload: TruthPayload
    ) {
        self.facts = facts
        self.segments = segments
        self.cpus = cpus
        self.notes = notes
        self.runs = runs
        self.payload = payload
    }

    public var vmcoreinfo: VMCoreInfo? { notes.lazy.compactMap(VMCoreInfo.init).first }

    /// Bytes of memory that can be in a dump.
    public var memory: UInt64 { segments.reduce(0) { $0 &+ $1.count } }
}

/// What stands for stored memory.
public enum TruthPayload: UInt32, Hashable, Sendable {
    case bytes = 1
    /// A `PageHash` for each page of a run, in order; where a run begins or ends inside a page, for that part of it.
    case hashes = 2
}

/// A run of memory that may hold anything but zeros.
public struct TruthRun: Hashable, Sendable {
    /// Where its contents are from.
    public enum Source: Hashable, Sendable {
        /// Stored by the machine: at this offset of the payload.
        case stored(UInt64)
        /// Made up: the facts say how, and this is where its first byte is among all that is made up so.
        case generated(MadeUpOrigin)
    }

    public var range: AddressRange
    public var source: Source

    public init(range: AddressRange, source: Source) {
        self.range = range
        self.source = source
    }
}
