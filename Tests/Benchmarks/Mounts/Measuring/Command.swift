import Glibc

/// Other programs.
enum Command {
    /// Runs `words` and waits for the end; throws unless it succeeds.
    static func run(_ words: [String]) throws {
        var vector: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for word in vector { free(word) } }
        var pid = pid_t()
        let failure = posix_spawn(&pid, words[0], nil, nil, &vector, environ)
        var status: Int32 = 0
        guard failure == 0, waitpid(pid, &status, 0) == pid, status == 0 else {
            throw SystemFailure("failed: \(words.joined(separator: " "))")
        }
    }
}
