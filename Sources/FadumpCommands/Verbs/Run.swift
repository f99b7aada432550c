import ArgumentParser
import BootEnvironment
import FadumpKernel
import Glibc
import Machine
import MachineFile
import MachineStore
import Presentation
import SystemPackage

struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Play a whole cycle: a boot, a crash, the capture, and the boot after it.",
        discussion: """
            The commands run as 'fadumpfs exec' runs them, with sh -c: --boot in the first boot, which then crashes \
            with all that it left running; --capture in the capture boot, which then reboots; --after in the boot \
            after that. A command may crash or reboot the machine itself. Each phase is shown with its output and exit \
            code. Without --name a machine is made for this and taken down again.

              fadumpfs run --boot 'kdump-config load' --capture 'kdump-config savecore' --root /
              fadumpfs run --name power --boot 'echo 1 > /sys/kernel/fadump_registered' \\
                --capture 'makedumpfile -d 31 -l /proc/vmcore /var/crash/dump' --limit-memory --json

            Exit code: 0 where every command ended with 0, or ended its boot as it should; 1 elsewhere.
            """
    )

    @Option(help: ArgumentHelp("The command of the first boot.", valueName: "command"))
    var boot: String

    @Option(
        help: ArgumentHelp("The command of the capture boot, which finds /proc/vmcore.", valueName: "command")
    )
    var capture: String

    @Option(help: ArgumentHelp("The command of the boot after the capture.", valueName: "command"))
    var after: String?

    @Option(
        help:
            "How the machine crashes when the first command is over: panic, oops, sysrq, system-reset or hmc."
    )
    var crash = CrashKind.sysrq

    @OptionGroup(title: "Boot")
    var options: BootOptions

    @OptionGroup(title: "Machine")
    var machine: MachineOptions

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func run() throws {
        if let name = machine.name, let entry = MachineRegistry.standard.running(named: name) {
            return try play(RunningMachine(entry: entry))
        }
        let folder = try TemporaryFolder(["machine"])
        defer { folder.remove() }
        var described = try machine.describe()
        if described.machine.origin(of: .name) == .builtIn {
            try described.machine.set(.name, to: "run-\(getpid())", from: .option("name"))
        }
        described.mount = MountSettings(mountPoint: folder.path.appending("machine").string)
        let name = described.machine.name
        try BackgroundDaemon.launch(described, registry: .standard)
        guard let entry = MachineRegistry.standard.running(named: name) else {
            throw Failure("the machine '\(name)' ended at once")
        }
        let running = RunningMachine(entry: entry)
        defer { try? running.end() }
        try play(running)
    }

    private func play(_ machine: RunningMachine) throws {
        var cycle = Cycle(machine: machine, options: options, showsOutput: !output.json)
        try cycle.run(.boot, boot, afterwards: "crash \(crash.rawValue)")
        if try machine.status().vmcoreSize != nil {
            try cycle.run(.capture, capture, afterwards: nil)
            if try machine.status().boot == cycle.lastBoot { try machine.control("reboot", output) }
            if let after { try cycle.run(.after, after, afterwards: nil) }
        }
        let report = cycle.report
        output.show(report)
        guard report.works else { throw ExitCode.failure }
    }
}
