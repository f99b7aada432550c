import ArgumentParser

struct MachineShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the machine that a file and options describe, and where each value comes from.",
        discussion: """
              fadumpfs machine show --machine big.toml
              fadumpfs machine show --machine big --cpus 4
            """
    )

    @OptionGroup(title: "Machine")
    var machine: MachineOptions

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func run() throws { output.show(SettingsReport(try machine.describe())) }
}
