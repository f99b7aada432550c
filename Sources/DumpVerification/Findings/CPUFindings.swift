import BinaryCodec
import CoreFile
import CrashTruth
import DumpFormats

/// A register that is wrong in a dump.
public struct WrongRegister: Sendable, Hashable {
    public var name: String
    public var dump: UInt64
    public var truth: UInt64
}

/// A CPU whose registers a dump has to have.
public struct CPUFinding: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        case right, wrong, missing
    }

    /// Its logical number.
    public var id: UInt32
    /// It was the one that crashed.
    public var isCrashing: Bool
    public var state: State
    public var registers: [WrongRegister] = []
    /// What else is wrong with its note.
    public var problem: String?
}

/// The notes with registers, one by one, against those of the CPUs.
struct CPUFindings {
    let cpus: [CPUFinding]
    /// Notes for which there is no CPU.
    let superfluous: Int

    init(_ dump: DumpDescription, _ truth: Truth) {
        let notes = dump.notes.filter { $0.name == PRStatus.noteName && $0.type == PRStatus.noteType }
        cpus = truth.cpus.enumerated().map { index, cpu in
            guard index < notes.count else {
                return CPUFinding(id: cpu.id, isCrashing: cpu.isCrashing, state: .missing)
            }
            return Self.compare(
                notes[index].descriptor,
                truth.notes[cpu.note].descriptor,
                cpu,
                truth.facts,
                dump.endianness ?? truth.facts.endianness
            )
        }
        superfluous = max(0, notes.count - truth.cpus.count)
    }

    private static func compare(
        _ found: [UInt8],
        _ expected: [UInt8],
        _ cpu: Truth.CPU,
        _ facts: TruthFacts,
        _ endianness: Endianness
    ) -> CPUFinding {
        var finding = CPUFinding(id: cpu.id, isCrashing: cpu.isCrashing, state: .right)
        guard found != expected else { return finding }
        finding.state = .wrong
        guard found.count == expected.count else {
            finding.problem = "its note has \(found.count) bytes instead of \(expected.count)"
            return finding
        }
        let names = RegisterNames.names(facts.architecture)
        let mine = words(found, names.count, endianness)
        let true_ = words(expected, names.count, facts.endianness)
        for (name, (dump, truth)) in zip(names, zip(mine, true_)) where dump != truth {
            finding.registers.append(WrongRegister(name: name, dump: dump, truth: truth))
        }
        let registers = RegisterNames.offset..<(RegisterNames.offset + names.count * 8)
        let other = found.indices.first { !registers.contains($0) && found[$0] != expected[$0] }
        finding.problem = other.map { "its note differs at offset \($0), outside of the registers" }
        return finding
    }

    private static func words(_ note: [UInt8], _ count: Int, _ endianness: Endianness) -> [UInt64] {
        var reader = BinaryReader(note, endianness)
        var words: [UInt64] = []
        try? reader.skip(RegisterNames.offset, "fields before the registers")
        for _ in 0..<count {
            guard let word = try? reader.u64("register") else { break }
            words.append(word)
        }
        return words
    }
}
