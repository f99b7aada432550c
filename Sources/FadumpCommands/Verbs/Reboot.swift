import ArgumentParser

struct Reboot: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reboot",
        abstract: "Reboot a machine cleanly; a waiting dump is invalidated, as the kernel does it.",
        discussion: """
            A reset keeps a waiting dump: echo reset > MOUNTPOINT/machine/control

              fadumpfs reboot --name big
            """
    )

    @OptionGroup
    var selection: MachineSelection

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func run() throws {
        let machine = try selection.machine()
        try machine.control("reboot", output)
        output.confirm(try machine.outcome())
    }
}
