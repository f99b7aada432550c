import CoreFile
import CrashTruth
import DumpFormats

/// A line of VMCOREINFO that is not as it was; nil stands for a line that is not there.
public struct WrongLine: Sendable, Hashable {
    public var key: String
    public var dump: String?
    public var truth: String?
}

/// A note other than registers and VMCOREINFO that a dump lacks or has otherwise.
public struct WrongNote: Sendable, Hashable {
    public var name: String
    public var type: UInt32
    public var problem: String
}

/// VMCOREINFO and all notes that are no registers, against the truth.
struct NoteFindings {
    let lines: [WrongLine]
    let notes: [WrongNote]

    init(_ dump: DumpDescription, _ truth: Truth) {
        lines = Self.lines(dump.vmcoreinfo, truth.vmcoreinfo)
        notes = Self.others(dump.notes, truth.notes)
    }

    private static func lines(_ dump: VMCoreInfo?, _ truth: VMCoreInfo?) -> [WrongLine] {
        guard let truth else {
            return (dump?.lines ?? []).map { WrongLine(key: $0.key, dump: $0.value, truth: nil) }
        }
        guard let dump else {
            return [WrongLine(key: VMCoreInfo.noteName, dump: nil, truth: "\(truth.text.utf8.count) bytes")]
        }
        var wrong: [WrongLine] = []
        for line in truth.lines where dump[line.key] != line.value {
            wrong.append(WrongLine(key: line.key, dump: dump[line.key], truth: line.value))
        }
        for line in dump.lines where truth[line.key] == nil {
            wrong.append(WrongLine(key: line.key, dump: line.value, truth: nil))
        }
        return wrong
    }

    private static func others(_ dump: [ELFNote], _ truth: [ELFNote]) -> [WrongNote] {
        func isOther(_ note: ELFNote) -> Bool {
            note.name != VMCoreInfo.noteName
                && !(note.name == PRStatus.noteName && note.type == PRStatus.noteType)
        }
        var found = dump.filter(isOther)
        return truth.filter(isOther).compactMap { note in
            guard let index = found.firstIndex(where: { $0.name == note.name && $0.type == note.type }) else {
                return WrongNote(name: note.name, type: note.type, problem: "is missing")
            }
            let other = found.remove(at: index)
            guard other.descriptor != note.descriptor else { return nil }
            let differs = zip(other.descriptor, note.descriptor).enumerated().first {
                $0.element.0 != $0.element.1
            }
            let place = differs?.offset ?? min(other.descriptor.count, note.descriptor.count)
            return WrongNote(name: note.name, type: note.type, problem: "differs from byte \(place) on")
        }
    }
}
