import ArgumentParser
import Daemon
import FuseTransport
import Glibc
import Logging
import Machine
import MachineFile
import MachineStore
import SystemPackage

struct Mount: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mount",
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

    @Option(help: .hidden)
    var readyDescriptor: Int32?

    func validate() throws {
        guard try describe().mount.mountPoint != nil else {
            throw ValidationError(
                "Missing expected argument '<mount-point>': name a directory, or give the machine file a mount-point"
            )
        }
    }

    func run() throws {
        let described = try describe()
        guard described.mount.foreground || readyDescriptor != nil else {
            try start(described)
            return
        }
        let report = readyDescriptor.map(ReadyPipe.init)
        do {
            try serve(described, report)
        } catch {
            report?.fail(String(describing: error))
            throw error
        }
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
        output.say("log of the daemon: \(MachineRegistry.standard.folder.appending(name + ".log"))")
        try BackgroundDaemon.launch(
            arguments: Array(Invocation.arguments(CommandLine.arguments).dropFirst()),
            machine: name,
            registry: .standard
        )
        guard let entry = MachineRegistry.standard.running(named: name) else { return }
        output.say("daemon: pid \(entry.pid)")
        output.confirm(try RunningMachine(entry: entry).outcome())
    }

    private func serve(_ described: DescribedMachine, _ report: ReadyPipe?) throws {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "fadumpfs")
        logger.logLevel = (LogLevel(rawValue: described.mount.logLevel) ?? .notice).level
        let mountPoint = absolute(described.mount.mountPoint ?? "")
        // A daemon in the background holds no directory of whoever started it.
        if readyDescriptor != nil { _ = chdir("/") }
        let name = described.machine.name
        let options = MountOptions(allowOther: described.mount.allowOther, fileSystemName: "fadumpfs:\(name)")
        let daemon = try MachineDaemon(
            described.machine,
            mountPoint: mountPoint,
            options: options,
            origins: described.mount.originTexts,
            registry: .standard,
            logger: logger
        )
        report?.succeed()
        daemon.run()
    }

    private func absolute(_ path: String) -> FilePath {
        guard let resolved = realpath(path, nil) else {
            // A mount point that a killed daemon left cannot be resolved, only named.
            var here = [CChar](repeating: 0, count: Int(PATH_MAX))
            guard !path.hasPrefix("/"), getcwd(&here, here.count) != nil else { return FilePath(path) }
            return FilePath(platformString: here).pushing(FilePath(path))
        }
        defer { free(resolved) }
        return FilePath(String(cString: resolved))
    }
}
