import Glibc
import MachineStore
import SystemPackage

/// Starts a daemon that outlives this command, and waits until it is ready or has failed.
///
/// The daemon is this program again, in a session of its own; it reports through a pipe.
enum BackgroundDaemon {
    /// POSIX_SPAWN_SETSID, a GNU extension that Swift's Glibc hides.
    private static let newSession: Int16 = 0x80

    static func launch(arguments: [String], machine: String, registry: MachineRegistry) throws {
        let pipe = try FileDescriptor.pipe()
        defer { try? pipe.readEnd.close() }
        // The daemon gets a copy of its own; this one must not keep the pipe open in it.
        for end in [pipe.readEnd, pipe.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
        let log = registry.folder.appending(machine + ".log")
        let report: Int32 = 3
        try spawn(
            ["fadumpfs"] + arguments + ["--ready-descriptor", String(report)],
            reportingTo: pipe.writeEnd,
            as: report,
            log: log
        )
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
        reportingTo writeEnd: FileDescriptor,
        as report: Int32,
        log: FilePath
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, writeEnd.rawValue, report)
        let logging = try? openLog(log)
        defer { try? logging?.close() }
        posix_spawn_file_actions_adddup2(&actions, logging?.rawValue ?? 1, 2)

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
