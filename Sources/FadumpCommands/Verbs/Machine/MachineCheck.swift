import ArgumentParser
import Machine
import MachineFile

struct MachineCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check machine files; says what is wrong and where.",
        discussion: """
            Takes files, or names of machines in /etc/fadumpfs; without any, checks all that are there. Ends with 1 \
            where something is wrong.

              fadumpfs machine check big.toml
              fadumpfs machine check --json | jq '.[].problems'
            """
    )

    @Argument(help: "Machine files or names.", completion: Completions.machineFiles)
    var files: [String] = []

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func run() throws {
        let lookup = MachineFileLookup.standard
        let report = CheckReport(files: (files.isEmpty ? lookup.names : files).map { Self.check($0, lookup) })
        if report.files.isEmpty, !output.quiet {
            Standard.error("no machine files in \(lookup.folders.map(\.string).joined(separator: ", "))")
        }
        output.show(report)
        if report.files.contains(where: { !$0.problems.isEmpty }) { throw ExitCode.failure }
    }

    private static func check(_ word: String, _ lookup: MachineFileLookup) -> CheckReport.File {
        var described = DescribedMachine()
        do {
            let file = try lookup.read(word)
            do {
                try file.apply(to: &described.machine, &described.mount)
                try described.machine.validate()
            } catch let failure as ConfigurationFailure {
                throw FileProblems([file.problem(failure)])
            }
            return CheckReport.File(file: file.path, problems: [])
        } catch let problems as FileProblems {
            return CheckReport.File(file: problems.problems.first?.file ?? word, problems: problems.problems)
        } catch {
            return CheckReport.File(file: word, problems: [])
        }
    }
}
