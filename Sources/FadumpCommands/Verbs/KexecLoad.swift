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

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func run() throws {
        let machine = try selection.machine()
        let command = unload ? "kexec-unload" : commandLine.map { "kexec-load " + $0 } ?? "kexec-load"
        try machine.control(command, output)
        output.confirm(try machine.outcome())
    }
}
