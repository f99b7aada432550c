import CStart
import Glibc
import MachineStore
import SystemPackage

/// Starts a daemon that outlives this command, and waits until it is ready or has failed.
///
/// The daemon is this program again, in a session of its own: the process that a mount began with, else one that is
/// started.
enum BackgroundDaemon {
    /// POSIX_SPAWN_SETSID, a GNU extension that Swift's Glibc hides.
    private static let newSession: Int16 = 0x80

    static func launch(_ described: DescribedMachine, registry: MachineRegistry) throws {
        let handover = Handover(described, reports: true)
        let line = try waiting() ?? start(DaemonStage.arguments(handover))
        defer { line.close() }
        line.tell(handover)
        switch line.outcome() {
        case .ready: return
        case .failed(let reason): throw Failure(reason)
        case .gone:
            let log = DaemonOutput.log(of: described.machine.name, registry)
            throw Failure("the daemon ended before it was ready; see \(log)")
        }
    }

    /// The line to the daemon that this command began with. It can be told of one machine.
    private static func waiting() -> DaemonLine? {
        guard cstart_part() == cstart_command else { return nil }
        let line = cstart_take_line()
        return line < 0 ? nil : DaemonLine(line)
    }

    /// Starts this program as a daemon.
    private static func start(_ arguments: [String]) throws -> DaemonLine {
        let line = try DaemonLine.pair()
        defer { line.daemon.close() }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Stays open in the daemon, also where it has that number already.
        posix_spawn_file_actions_adddup2(&actions, line.daemon.descriptor.rawValue, DaemonStage.told)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, newSession)

        var vector: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in vector { free(pointer) } }
        var pid = pid_t()
        let failure = posix_spawn(&pid, "/proc/self/exe", &actions, &attributes, &vector, environ)
        guard failure == 0 else {
            line.command.close()
            throw Failure("cannot start the daemon: \(Errno(rawValue: failure))")
        }
        return line.command
    }

    /// Becomes the daemon, under the number and with the output of this process. Returns only by throwing.
    static func become(_ described: DescribedMachine) throws {
        // A machine file says that it stays in the foreground: nobody else is to serve it.
        cstart_dismiss()
        let handover = Handover(described, reports: false)
        let file = try handover.file()
        if file.rawValue == DaemonStage.told {
            _ = fcntl(file.rawValue, F_SETFD, 0)
        } else {
            _ = dup2(file.rawValue, DaemonStage.told)
        }
        let words: [UnsafeMutablePointer<CChar>?] = DaemonStage.arguments(handover).map { strdup($0) } + [nil]
        execv("/proc/self/exe", words)
        throw Failure("cannot become the daemon: \(Errno(rawValue: errno))")
    }
}
