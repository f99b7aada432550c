import ArgumentParser

struct Reboot: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reboot a machine cleanly; a waiting dump is invalidated, as the kernel does it.",
        discussion: "A reset keeps a waiting dump: echo reset > MOUNTPOINT/machine/control"
    )

    @OptionGroup
    var selection: MachineSelection

    func run() throws {
        try RunningMachine(entry: try selection.entry()).control("reboot")
    }
}
