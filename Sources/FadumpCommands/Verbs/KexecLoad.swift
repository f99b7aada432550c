import ArgumentParser

struct KexecLoad: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kexec-load",
        abstract: "Load a kdump kernel, as 'kexec -p' does on a machine.",
        discussion: """
            Needs memory that crashkernel= reserved, which the kernel only does where fadump has not taken over: \
            with fadump off, unsupported, or when its reservation failed.

              fadumpfs mount --cmdline 'crashkernel=256M' /mnt/power
              fadumpfs kexec-load --command-line 'maxcpus=1 irqpoll'
            """
    )

    @OptionGroup
    var selection: MachineSelection

    @Option(help: ArgumentHelp("The capture kernel's command line.", valueName: "text"))
    var commandLine: String?

    @Flag(help: "Take the loaded kernel out again.")
    var unload = false

    func run() throws {
        let machine = RunningMachine(entry: try selection.entry())
        guard !unload else { return try machine.control("kexec-unload") }
        try machine.control(commandLine.map { "kexec-load " + $0 } ?? "kexec-load")
    }
}
