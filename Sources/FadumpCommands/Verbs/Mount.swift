import ArgumentParser
import Daemon
import FuseTransport
import Glibc
import Logging
import Machine
import MachineStore
import SystemPackage

struct Mount: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start a machine and mount its files; returns when they can be read.",
        discussion: """
            The machine is switched on before the command returns: its files stand below the mount point as they \
            stand below / on a Power system, and machine/ is for controlling it.

              fadumpfs mount /mnt/power
              fadumpfs mount --name big --memory 1T --cpus 8 --cmdline 'fadump=on panic=5' /mnt/big
              fadumpfs mount --fault register=-2*3 /mnt/power     # firmware is busy three times
            """
    )

    @Argument(help: "An empty directory.", completion: .directory)
    var mountPoint: String

    @OptionGroup(title: "Machine")
    var machine: MachineOptions

    @Flag(help: "Stay in the foreground and log to stderr; end with SIGTERM or SIGINT.")
    var foreground = false

    @Flag(help: "Let other users in, as far as the files' modes allow.")
    var allowOther = false

    @Option(help: "How much the daemon says on stderr.")
    var logLevel = LogLevel.notice

    @Option(help: .hidden)
    var readyDescriptor: Int32?

    func run() throws {
        guard foreground || readyDescriptor != nil else {
            try BackgroundDaemon.launch(
                arguments: Array(CommandLine.arguments.dropFirst()),
                machine: machine.name,
                registry: .standard
            )
            return
        }
        let report = readyDescriptor.map(ReadyPipe.init)
        do {
            try serve(report)
        } catch {
            report?.fail(String(describing: error))
            throw error
        }
    }

    private func serve(_ report: ReadyPipe?) throws {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "fadumpfs")
        logger.logLevel = logLevel.level
        let mountPoint = absolute(mountPoint)
        // A daemon in the background holds no directory of whoever started it.
        if readyDescriptor != nil { _ = chdir("/") }
        let options = MountOptions(allowOther: allowOther, fileSystemName: "fadumpfs:\(machine.name)")
        let daemon = try MachineDaemon(
            machine.configuration,
            mountPoint: mountPoint,
            options: options,
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

/// How much the daemon says.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case trace, debug, info, notice, warning, error

    var level: Logger.Level {
        switch self {
        case .trace: .trace
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        }
    }
}
