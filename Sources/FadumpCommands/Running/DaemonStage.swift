import Daemon
import FuseTransport
import Glibc
import Logging
import Machine
import MachineFile
import MachineStore
import SystemPackage

/// This program as a daemon: started anew by a command, it serves the machine that it is handed.
///
/// It comes before the command line's parser, whose tables a daemon would otherwise keep for as long as it lives. Name
/// and mount point are among its arguments for whoever looks at processes.
public struct DaemonStage {
    private static let word = "daemon"
    /// Where it finds what it is told, and the pipe to whoever waits for it.
    static let handover: Int32 = 3
    static let report: Int32 = 4

    /// Nil where a person started this program.
    public init?(arguments: [String]) {
        guard arguments.count == 4, arguments[1] == Self.word else { return nil }
    }

    static func arguments(_ handover: Handover) -> [String] {
        ["fadumpfs", word, handover.machine.name, handover.mount.mountPoint ?? ""]
    }

    /// Serves until the machine is over; does not return.
    public func run() -> Never {
        var report: ReadyPipe?
        do {
            let handover = try told()
            report = handover.reports ? ReadyPipe(Self.report) : nil
            // Not for those that this process starts.
            if handover.reports { _ = fcntl(Self.report, F_SETFD, FD_CLOEXEC) }
            try serve(handover, report)
            exit(0)
        } catch {
            report?.fail(String(describing: error))
            Standard.error("Error: \(error)")
            exit(1)
        }
    }

    private func told() throws -> Handover {
        let file = FileDescriptor(rawValue: Self.handover)
        defer { try? file.close() }
        do {
            return try Handover(parsing: file.bytes(from: 0))
        } catch {
            throw Failure("a daemon is started by 'fadumpfs mount', not by hand (\(error))")
        }
    }

    private func serve(_ handover: Handover, _ report: ReadyPipe?) throws {
        var (machine, mount) = (handover.machine, handover.mount)
        try ImageOpening.open(for: &machine)
        // A daemon in the background holds no directory of whoever started it.
        if report != nil { _ = chdir("/") }
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "fadumpfs")
        logger.logLevel = (LogLevel(rawValue: mount.logLevel) ?? .notice).level
        let daemon = try MachineDaemon(
            machine,
            mountPoint: FilePath(mount.mountPoint ?? ""),
            options: MountOptions(
                allowOther: mount.allowOther,
                fileSystemName: "fadumpfs:\(machine.name)"
            ),
            origins: mount.originTexts,
            registry: .standard,
            logger: logger
        )
        report?.succeed()
        daemon.run()
    }
}
