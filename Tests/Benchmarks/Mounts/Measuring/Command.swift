import Glibc

/// Other programs.
enum Command {
    /// Runs `words` and waits for the end; throws unless it succeeds. Quietly, its output is thrown away.
    static func run(_ words: [String], quietly: Bool = false) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if quietly { posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0) }
        var vector: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for word in vector { free(word) } }
        var pid = pid_t()
        let failure = posix_spawn(&pid, words[0], &actions, nil, &vector, environ)
        var status: Int32 = 0
        guard failure == 0, waitpid(pid, &status, 0) == pid, status == 0 else {
            throw SystemFailure("failed: \(words.joined(separator: " "))")
        }
    }
}
