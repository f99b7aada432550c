import ArgumentParser
import MachineFile

struct MachineManual: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page of machine files, for man -l -.",
        shouldDisplay: false
    )

    func run() { Standard.output(MachineFileManual.text) }
}
