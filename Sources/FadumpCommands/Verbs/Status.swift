import ArgumentParser

struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how a machine is doing, and where its settings come from.",
        discussion: """
            What machine/status in the mount holds as JSON, for people. A value that is no default is followed by \
            where it was said: [option --cpus] or [/etc/fadumpfs/big.toml:4].

              fadumpfs status
              fadumpfs status --name big --json | jq .area
            """
    )

    @OptionGroup
    var selection: MachineSelection

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func run() throws {
        let machine = try selection.machine()
        output.show(StatusView(status: try machine.status(), entry: machine.entry))
    }
}
