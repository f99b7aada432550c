import Glibc
import MachineStore
import SystemPackage

/// Starts a daemon that outlives this command, and waits until it is ready or has failed.
///
/// The daemon is this program again, in a session of its own; it reports through a pipe.
enum BackgroundDaemon {
    /// POSIX_SPAWN_SETSID, a GNU extension that Swift's Glibc hides.
    private static let newSession: Int16 = 0x80

    static func launch(_ described: DescribedMachine, registry: MachineRegistry) throws {
        let pipe = try FileDescriptor.pipe()
        defer { try? pipe.readEnd.close() }
        // The daemon gets a copy of its own; this one must not keep the pipe open in it.
        for end in [pipe.readEnd, pipe.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
        let log = registry.folder.appending(described.machine.name + ".log")
        let handover = Handover(described, reports: true)
        let file = try handover.file()
        defer { try? file.close() }
        try spawn(DaemonStage.arguments(handover), told: file, reportingTo: pipe.writeEnd, log: log)
        try pipe.writeEnd.close()
        let message = try readAll(pipe.readEnd)
        switch message.first {
        case ReadyPipe.success: return
        case ReadyPipe.failure: throw Failure(String(decoding: message.dropFirst(), as: UTF8.self))
        default: throw Failure("the daemon ended before it was ready; see \(log)")
        }
    }

    private static func spawn(
        _ arguments: [String],
        told handover: FileDescriptor,
        reportingTo writeEnd: FileDescriptor,
        log: FilePath
    ) throws {
        let logging = try? openLog(log)
        defer { try? logging?.close() }
        // First out of the way of the numbers that they will have.
        let moved = try [handover, writeEnd, logging].compactMap { try $0.map(outOfTheWay) }
        defer { for descriptor in moved { close(descriptor) } }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, moved.count > 2 ? moved[2] : 1, 2)
        posix_spawn_file_actions_adddup2(&actions, moved[0], DaemonStage.handover)
        posix_spawn_file_actions_adddup2(&actions, moved[1], DaemonStage.report)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, newSession)

        var vector: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in vector { free(pointer) } }
        var pid = pid_t()
        let failure = posix_spawn(&pid, "/proc/self/exe", &actions, &attributes, &vector, environ)
        guard failure == 0 else {
            throw Failure("cannot start the daemon: \(Errno(rawValue: failure))")
        }
    }

    private static func outOfTheWay(_ descriptor: FileDescriptor) throws -> Int32 {
        let copy = fcntl(descriptor.rawValue, F_DUPFD_CLOEXEC, 16)
        guard copy >= 0 else { throw Errno(rawValue: errno) }
        return copy
    }

    /// Becomes the daemon, under the number and with the output of this process. Returns only by throwing.
    static func become(_ described: DescribedMachine) throws {
        let handover = Handover(described, reports: false)
        let file = try handover.file()
        if file.rawValue == DaemonStage.handover {
            _ = fcntl(file.rawValue, F_SETFD, 0)
        } else {
            _ = dup2(file.rawValue, DaemonStage.handover)
        }
        let words: [UnsafeMutablePointer<CChar>?] = DaemonStage.arguments(handover).map { strdup($0) } + [nil]
        execv("/proc/self/exe", words)
        throw Failure("cannot become the daemon: \(Errno(rawValue: errno))")
    }

    private static func openLog(_ path: FilePath) throws -> FileDescriptor {
        mkdir(path.removingLastComponent().string, 0o755)
        return try FileDescriptor.open(
            path,
            .writeOnly,
            options: [.create, .truncate, .closeOnExec],
            permissions: [.ownerReadWrite, .groupRead, .otherRead]
        )
    }

    private static func readAll(_ file: FileDescriptor) throws -> [UInt8] {
        var message: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
            if count == 0 { return message }
            message += buffer[..<count]
        }
    }
}

/// The daemon's end of the pipe: one byte for the outcome, then what went wrong.
struct ReadyPipe {
    static let success = UInt8(ascii: "+")
    static let failure = UInt8(ascii: "-")

    private let descriptor: FileDescriptor

    init(_ rawValue: Int32) { descriptor = FileDescriptor(rawValue: rawValue) }

    func succeed() { send([Self.success]) }

    func fail(_ message: String) { send([Self.failure] + Array(message.utf8)) }

    private func send(_ bytes: [UInt8]) {
        _ = try? descriptor.writeAll(bytes)
        try? descriptor.close()
    }
}
