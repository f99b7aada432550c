import BinaryCodec
import CoreFile
import CrashTruth
import DumpFormats

/// Something that a dump says of its machine, and what is true.
public struct StatedFact: Sendable, Hashable {
    /// `page size`, `byte order`, `architecture`, `release`.
    public var what: String
    public var dump: String
    public var truth: String
    public var isRight: Bool { dump == truth }
}

/// What a dump's headers say, against the truth; what they do not say is not held against them.
struct HeaderFindings {
    let facts: [StatedFact]

    init(_ dump: DumpDescription, _ truth: TruthFacts) {
        var facts = [
            StatedFact(what: "page size", dump: String(dump.pageSize), truth: String(truth.pageSize))
        ]
        if let endianness = dump.endianness {
            facts.append(
                StatedFact(
                    what: "byte order",
                    dump: endianness.rawValue,
                    truth: truth.endianness.rawValue
                )
            )
        }
        if let machine = dump.machine {
            facts.append(
                StatedFact(
                    what: "architecture",
                    dump: machine.words,
                    truth: truth.architecture.words
                )
            )
        }
        if let release = dump.release {
            facts.append(StatedFact(what: "release", dump: release, truth: truth.release))
        }
        self.facts = facts
    }
}

extension ELFMachine {
    /// As `readelf` would name it, in short.
    var words: String {
        switch self {
        case .ppc64: "ppc64"
        case .x86_64: "x86_64"
        default: "machine \(rawValue)"
        }
    }
}
