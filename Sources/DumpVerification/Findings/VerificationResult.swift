import CrashTruth
import DumpFormats
import PhysicalMemory
import SyntheticKernel

/// What came of holding a dump against the truth.
public struct VerificationResult: Sendable {
    public var dump: DumpDescription
    public var truth: TruthFacts
    public var level: DumpLevel
    /// The memory that was looked at; nil for all.
    public var window: AddressRange?

    /// Pages of each state, and bytes.
    public var pages = StateCounts()
    public var bytes = StateCounts()
    /// Pages that are not in the dump, by what they were used for; those of unknown use are under nil.
    public var filtered: [PageClass?: UInt64] = [:]
    public var missing: [PageClass?: UInt64] = [:]
    public var bands: Bands
    public var damage: DamageList
    public var misplaced: [MisplacedPage] = []
    /// Memory that the dump claims to have, and that nobody could have dumped.
    public var superfluous: UInt64 = 0

    public var facts: [StatedFact]
    public var cpus: [CPUFinding]
    public var superfluousCPUs: Int
    public var lines: [WrongLine]
    public var notes: [WrongNote]
    /// What the file as a whole lacks: it ends too early, it says itself that it is incomplete.
    public var problems: [String] = []

    /// Whether nothing that had to be in the dump is missing or wrong.
    public var isSound: Bool {
        pages.damaged == 0 && facts.allSatisfy(\.isRight) && cpus.allSatisfy { $0.state == .right }
            && superfluousCPUs == 0 && lines.isEmpty && notes.isEmpty && problems.isEmpty
    }
}

/// What a tool was told to leave out, and who says so.
public struct DumpLevel: Sendable, Hashable {
    public enum Origin: String, Sendable, Hashable, CaseIterable {
        /// It was said by who asked for the verification.
        case given
        /// The dump says so itself.
        case dump
        /// Nobody says so: everything has to be there.
        case unknown
    }

    /// The bits of `makedumpfile -d`: 0 to 31.
    public var bits: UInt8
    public var origin: Origin

    public init(_ given: UInt8?, _ dump: DumpDescription) {
        if let given {
            (bits, origin) = (given, .given)
        } else if let level = dump.dumpLevel {
            // What lies above the bits that are known is no leave to omit anything.
            (bits, origin) = (UInt8(truncatingIfNeeded: level) & 31, .dump)
        } else {
            (bits, origin) = (0, .unknown)
        }
    }
}

/// A page of a dump that holds what another page of memory held.
public struct MisplacedPage: Sendable, Hashable {
    /// Where the dump has it.
    public var address: PhysicalAddress
    /// Where it was in memory.
    public var belongs: PhysicalAddress
    /// The dump has the one in the place of the other as well.
    public var isSwapped: Bool

    public init(address: PhysicalAddress, belongs: PhysicalAddress, isSwapped: Bool = false) {
        self.address = address
        self.belongs = belongs
        self.isSwapped = isSwapped
    }
}
