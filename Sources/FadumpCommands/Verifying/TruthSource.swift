import DumpFormats
import DumpVerification
import Machine
import SystemPackage

/// Where the truth about a dump is taken from: a machine whose dump waits, or a file that was kept.
enum TruthSource {
    case machine(RunningMachine)
    case file(String)

    /// What it is called in a report.
    var name: String {
        switch self {
        case .machine(let machine): machine.path("truth").string
        case .file(let path): path
        }
    }

    func reader() throws -> TruthReader {
        do throws(DumpFailure) {
            return try TruthReader(FileBytes(opening: name), makers: TruthSettings.background)
        } catch {
            throw CannotVerify(explanation(error))
        }
    }

    /// A truth that is not there is explained by what became of it.
    private func explanation(_ error: DumpFailure) -> String {
        guard case .file(.noSuchFileOrDirectory, _) = error, case .machine(let machine) = self else {
            return "cannot read the truth: \(error)"
        }
        let name = machine.entry.name
        return
            "machine '\(name)' has no dump now, and without one nothing is known of an earlier crash: the truth "
            + "about a dump is there until it is released or the machine crashes again. Keep it while the dump "
            + "waits, with 'fadumpfs truth --name \(name) --output FILE', and give it here with --truth FILE"
    }
}

/// Nothing can be said about a dump, good or bad: exit code 2.
struct CannotVerify: Error, CustomStringConvertible {
    static let exitCode: Int32 = 2

    var description: String
    init(_ description: String) { self.description = description }
}
