import Glibc
import SystemPackage

/// The descriptors that a stage of a boot finds open.
enum StageDescriptor {
    /// The plan, a file in memory.
    static let plan = FileDescriptor(rawValue: 3)
    /// The pipe to the supervisor, a line for each message.
    static let report = FileDescriptor(rawValue: 4)
    /// /dev/fuse, for the boot's /proc: given to the stage that mounts it.
    static let device = FileDescriptor(rawValue: 5)
    /// Between the server and the boot's first process: each waits for a byte of the other.
    static let conversation = FileDescriptor(rawValue: 6)
    /// In the first process: the socket in the service manager's place, which the server takes.
    static let services = FileDescriptor(rawValue: 7)
}

/// This program once more, as a stage of a boot.
///
/// Nothing runs between fork and exec: posix_spawn(3) does it all.
enum StageProcess {
    /// All signals, which stages take from their queues only.
    static var allSignals: sigset_t {
        var set = sigset_t()
        sigfillset(&set)
        return set
    }

    /// Starts a program; `descriptors` says which of ours it finds under which numbers besides 0, 1 and 2.
    static func spawn(
        _ program: String,
        searchesPath: Bool = false,
        _ arguments: [String],
        environment: [String],
        descriptors: [(FileDescriptor, as: FileDescriptor)],
        signals: sigset_t
    ) throws(Errno) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // First out of the way of the numbers they will have.
        var copies: [Int32] = []
        defer { for copy in copies { close(copy) } }
        for (descriptor, place) in descriptors {
            let copy = fcntl(descriptor.rawValue, F_DUPFD_CLOEXEC, 16)
            guard copy >= 0 else { throw Errno(rawValue: errno) }
            copies.append(copy)
            posix_spawn_file_actions_adddup2(&actions, copy, place.rawValue)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var mask = signals
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var pid = pid_t()
        let failure =
            searchesPath
            ? posix_spawnp(&pid, program, &actions, &attributes, &words, &variables)
            : posix_spawn(&pid, program, &actions, &attributes, &words, &variables)
        guard failure == 0 else { throw Errno(rawValue: failure) }
        return pid
    }

    /// The variables of this process, with some set anew.
    static func environment(_ changes: [String: String] = [:]) -> [String] {
        var variables: [String] = []
        var entries = environ
        while let entry = entries.pointee {
            let text = String(cString: entry)
            let name = text.prefix { $0 != "=" }
            if changes[String(name)] == nil { variables.append(text) }
            entries += 1
        }
        return variables + changes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }
}

/// What stages tell the supervisor.
enum StageReport: Sendable, Hashable {
    /// The boot's first process, by its number outside.
    case first(pid_t)
    /// The user namespace is there and waits for its maps.
    case wantsMaps
    /// The files stand; the command is about to start.
    case ready
    /// The command ended with this code, while the boot goes on.
    case commandEnded(Int32)
    /// The boot ended itself: reboot, power-off.
    case left(String)
    /// A remark for whoever wants to know.
    case remark(String)
    case failed(String)

    var line: String {
        switch self {
        case .first(let pid): "first \(pid)"
        case .wantsMaps: "maps"
        case .ready: "ready"
        case .commandEnded(let code): "ended \(code)"
        case .left(let how): "left \(how)"
        case .remark(let text): "remark \(text)"
        case .failed(let text): "failed \(text)"
        }
    }

    init?(line: Substring) {
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = parts.count > 1 ? parts[1] : ""
        switch parts.first {
        case "first": self = .first(pid_t(rest) ?? 0)
        case "maps": self = .wantsMaps
        case "ready": self = .ready
        case "ended": self = .commandEnded(Int32(rest) ?? 255)
        case "left": self = .left(rest)
        case "remark": self = .remark(rest)
        case "failed": self = .failed(rest)
        default: return nil
        }
    }

    /// Sends it; whoever watches may be gone.
    func send() {
        let line = line.replacing("\n", with: " ") + "\n"
        _ = try? StageDescriptor.report.writeAll(Array(line.utf8))
    }
}
