import ArgumentParser
import Pictures

struct Timeline: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline",
        abstract: "Show what happened in which boot of a machine.",
        discussion: """
            Made from machine/events: boots, firmware calls, crashes, what firmware saved, dumps that came and went.

              fadumpfs timeline
              fadumpfs timeline --name big --json | jq '.boots[].fadump'
            """
    )

    @OptionGroup
    var selection: MachineSelection

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func run() throws {
        let machine = try selection.machine()
        output.show(TimelineReport(machine: machine.entry.name, events: try machine.events()))
    }
}
