import Glibc
import ProcessLimits
import SystemPackage

/// A command that saves a dump, run as it would be in the memory of a capture kernel.
struct CaptureCommand {
    /// How a run ended.
    struct Outcome {
        /// The exit code; 128 and the signal's number for one that was killed.
        var code: Int32
        /// The kernel killed it because memory was short.
        var ranOutOfMemory: Bool
        /// The most memory it used, where that is known.
        var peak: UInt64?
    }

    var command: String
    var limit: MemoryLimit
    /// Where its output goes.
    var log: FilePath

    /// Runs it with at most so much memory, and with the dump's place in its environment.
    func run(memory: UInt64, environment: [String: String]) throws -> Outcome {
        switch limit {
        case .cgroup:
            let cgroup = try MemoryCgroup(limit: memory)
            defer { cgroup.remove() }
            // The shell goes into the cgroup before it becomes the command: nothing of it is uncounted.
            let code = try Self.shell(
                "echo $$ >\"$1\" && exec sh -c \"$2\"",
                [cgroup.membership.string, command],
                environment,
                log
            )
            return Outcome(code: code, ranOutOfMemory: cgroup.wasExceeded, peak: cgroup.peak)
        case .dataSegment:
            let code = try Self.shell(
                "ulimit -d \"$1\" && exec sh -c \"$2\"",
                [String(memory >> 10), command],
                environment,
                log
            )
            return Outcome(code: code, ranOutOfMemory: false, peak: nil)
        }
    }

    /// Runs a script with arguments; its output goes to the end of a log.
    static func shell(
        _ script: String,
        _ arguments: [String],
        _ environment: [String: String],
        _ log: FilePath
    ) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log.string, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)

        var words = ["sh", "-c", script, "sh"] + arguments
        var variables = environment.map { "\($0.key)=\($0.value)" }
        var inherited = environ
        while let entry = inherited.pointee {
            variables.append(String(cString: entry))
            inherited += 1
        }
        var pid = pid_t()
        let failure = withCStrings(&words) { arguments in
            withCStrings(&variables) { posix_spawn(&pid, "/bin/sh", &actions, nil, arguments, $0) }
        }
        guard failure == 0 else { throw Failure("cannot start /bin/sh: \(Errno(rawValue: failure))") }
        return wait(for: pid)
    }

    private static func withCStrings<Result>(
        _ texts: inout [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers)
    }

    private static func wait(for pid: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { return 255 }
        }
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }
}
