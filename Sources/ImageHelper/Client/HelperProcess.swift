import DumpFormats
import Glibc
import SystemPackage

/// A helper that runs: this program again, with nothing but an image, a socket and a window.
final class HelperProcess: Sendable {
    let socket: MessageSocket
    let window: ImageWindow
    private let pid: pid_t

    /// The verb that makes the program a helper.
    static let verb = "read-image"

    init(_ image: FileDescriptor, name: String, _ raw: RawMemory?) throws(Errno) {
        let (ours, theirs) = try MessageSocket.pair()
        let window = try ImageWindow()
        var arguments = ["fadumpfs", Self.verb, "--", name]
        if let raw { arguments += [String(raw.pageSize), raw.endianness.rawValue] }
        pid = try Self.spawn(
            arguments,
            handing: [
                (theirs.rawValue, ImageServer.Descriptors.socket),
                (window.descriptor.rawValue, ImageServer.Descriptors.window),
                (image.rawValue, ImageServer.Descriptors.image),
            ]
        )
        socket = ours
        self.window = window
        // The helper has its own; this one would keep its end open.
        withExtendedLifetime(theirs) {}
    }

    deinit { _ = end() }

    /// Kills the helper if it runs, and says how it ended.
    @discardableResult
    func end() -> String {
        kill(pid, SIGKILL)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { return "ended" }
        }
        let signal = status & 0x7f
        return signal == 0 ? "ended with code \(status >> 8 & 0xff)" : "was killed by signal \(signal)"
    }

    private static func spawn(
        _ arguments: [String],
        handing descriptors: [(ours: Int32, theirs: Int32)]
    ) throws(Errno) -> pid_t {
        // First out of the way of the numbers that they get.
        let moved = descriptors.map { fcntl($0.ours, F_DUPFD_CLOEXEC, 16) }
        defer { for descriptor in moved where descriptor >= 0 { close(descriptor) } }
        guard moved.allSatisfy({ $0 >= 0 }) else { throw Errno(rawValue: errno) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        for (source, (_, target)) in zip(moved, descriptors) {
            posix_spawn_file_actions_adddup2(&actions, source, target)
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Signals of a terminal are for the daemon, which then ends the helper; and none is blocked or ignored.
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var vector: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in vector { free(pointer) } }
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        var pid = pid_t()
        let failure = posix_spawn(&pid, "/proc/self/exe", &actions, &attributes, &vector, &environment)
        guard failure == 0 else { throw Errno(rawValue: failure) }
        return pid
    }
}
