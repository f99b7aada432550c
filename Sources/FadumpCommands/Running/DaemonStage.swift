import CStart
import Daemon
import FuseTransport
import Glibc
import Logging
import Machine
import MachineFile
import MachineStore
import SystemPackage

/// This program as a daemon: it serves the machine that it is told of by a command.
///
/// It comes before the command line's parser, whose tables a daemon would otherwise keep for as long as it lives. Name
/// and mount point are among its arguments for whoever looks at processes.
public struct DaemonStage {
    private static let word = "daemon"
    /// Where a daemon that was started anew finds what it is told: its line to whoever waits for it, or a file.
    static let told: Int32 = 3

    private let line: DaemonLine
    /// Whether this process began together with the command, which may have nothing to tell it after all.
    private let beganWithCommand: Bool

    /// The second of the processes that a mount begins as; nil in all others.
    public static var waiting: DaemonStage? {
        guard cstart_part() == cstart_daemon else { return nil }
        return DaemonStage(line: DaemonLine(cstart_take_line()), beganWithCommand: true)
    }

    /// Nil where a person started this program.
    public init?(arguments: [String]) {
        guard arguments.count == 4, arguments[1] == Self.word else { return nil }
        self.init(line: DaemonLine(Self.told), beganWithCommand: false)
    }

    private init(line: DaemonLine, beganWithCommand: Bool) {
        self.line = line
        self.beganWithCommand = beganWithCommand
    }

    static func arguments(_ handover: Handover) -> [String] {
        ["fadumpfs", word, handover.machine.name, handover.mount.mountPoint ?? ""]
    }

    /// Serves until the machine is over; does not return.
    public func run() -> Never {
        var report: DaemonLine?
        do {
            let handover = try listen()
            if handover.reports { report = line } else { line.close() }
            try serve(handover, report)
            exit(0)
        } catch {
            report?.fail(String(describing: error))
            Standard.error("Error: \(error)")
            exit(1)
        }
    }

    /// Waits for what there is to serve. A command that ends without a word wanted no daemon.
    private func listen() throws -> Handover {
        do {
            if beganWithCommand { prepare() }
            let bytes = try line.descriptor.bytesToTheEnd()
            if beganWithCommand && bytes.isEmpty { _exit(0) }
            return try Handover(parsing: bytes)
        } catch {
            throw Failure("a daemon is started by 'fadumpfs mount', not by hand (\(error))")
        }
    }

    /// Makes the tables that it takes to understand any machine and to enter it into the registry, while the command
    /// still reads its words. They are made once, and the daemon would need them anyway.
    private func prepare() {
        _ = try? Handover(parsing: Handover(DescribedMachine(), reports: true).bytes)
        _ = try? RegistryEntry(name: "", pid: 0, mountPoint: "").json()
    }

    private func serve(_ handover: Handover, _ report: DaemonLine?) throws {
        var (machine, mount) = (handover.machine, handover.mount)
        if let report { settle(handover, report) }
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

    /// Makes this process look like the daemon it is, and nothing like the command that it came from.
    private func settle(_ handover: Handover, _ report: DaemonLine) {
        // Not for those that this process starts.
        _ = fcntl(report.descriptor.rawValue, F_SETFD, FD_CLOEXEC)
        DaemonOutput.leaveStarter(loggingTo: DaemonOutput.log(of: handover.machine.name, .standard))
        if beganWithCommand { cstart_rename(Self.arguments(handover).joined(separator: " ")) }
    }
}
