import ArgumentParser
import Machine
import MachineFile
import MachineStore

struct Mount: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mount",
        // Read by itself it is no program that could be asked for a completion script, which is asked first.
        _superCommandName: "fadumpfs",
        abstract: "Start a machine and mount its files; returns when they can be read.",
        discussion: """
            The machine is switched on before the command returns: its files stand below the mount point as they \
            stand below / on a Power system, and machine/ is for controlling it.

              fadumpfs mount /mnt/power
              fadumpfs mount --name big --memory 1T --cpus 8 --cmdline 'fadump=on panic=5' /mnt/big
              fadumpfs mount --fault register=-2*3 /mnt/power     # firmware is busy three times
              fadumpfs mount --machine big.toml --cpus 4          # a machine file, but with four CPUs

            With --name NAME and without --machine, /etc/fadumpfs/NAME.toml is read if it exists. Machine files are \
            written and checked with 'fadumpfs machine'; 'fadumpfs status' says where each value came from.
            """
    )

    @Argument(help: "An empty directory; a machine file can name it instead.", completion: .directory)
    var mountPoint: String?

    @OptionGroup(title: "Machine")
    var machine: MachineOptions

    @Flag(
        inversion: .prefixedNo,
        help: "Stay in the foreground and log to stderr; end with SIGTERM or SIGINT."
    )
    var foreground: Bool?

    @Flag(inversion: .prefixedNo, help: "Let other users in, as far as the files' modes allow.")
    var allowOther: Bool?

    @Option(
        help: ArgumentHelp(
            "How much the daemon says on stderr: \(LogLevel.list). (default: notice)",
            valueName: "level"
        ),
        completion: .list(LogLevel.allCases.map(\.rawValue))
    )
    var logLevel: LogLevel?

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func validate() throws {
        guard try describe().mount.mountPoint != nil else {
            throw ValidationError(
                "Missing expected argument '<mount-point>': name a directory, or give the machine file a mount-point"
            )
        }
    }

    func run() throws {
        let described = try describe()
        try described.mount.foreground ? BackgroundDaemon.become(described) : start(described)
    }

    /// The machine and its mount: the machine file, with the options over it.
    private func describe() throws -> DescribedMachine {
        var described = try machine.describe()
        if let mountPoint {
            described.mount.mountPoint = mountPoint
            described.mount.origins[.mountPoint] = .option("mount-point")
        }
        if let foreground {
            described.mount.foreground = foreground
            described.mount.origins[.foreground] = .option("foreground")
        }
        if let allowOther {
            described.mount.allowOther = allowOther
            described.mount.origins[.allowOther] = .option("allow-other")
        }
        if let logLevel {
            described.mount.logLevel = logLevel.rawValue
            described.mount.origins[.logLevel] = .option("log-level")
        }
        return described
    }

    /// Starts a daemon in the background and tells how its machine is doing.
    private func start(_ described: DescribedMachine) throws {
        let name = described.machine.name
        if let file = described.file { output.say("machine file: \(file)") }
        output.say("log of the daemon: \(DaemonOutput.log(of: name, .standard))")
        try BackgroundDaemon.launch(described, registry: .standard)
        guard output.confirms, let entry = MachineRegistry.standard.running(named: name) else { return }
        output.say("daemon: pid \(entry.pid)")
        output.confirm(try RunningMachine(entry: entry).outcome())
    }
}
