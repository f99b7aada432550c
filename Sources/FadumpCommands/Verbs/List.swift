import ArgumentParser
import MachineStore

struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the machines that run.",
        discussion: """
              fadumpfs list
              fadumpfs list --json | jq -r '.[].mountPoint'
            """
    )

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func run() throws {
        let report = ListReport(machines: MachineRegistry.standard.running)
        if report.machines.isEmpty, !output.quiet { Standard.error("no machine is running") }
        output.show(report)
    }
}
