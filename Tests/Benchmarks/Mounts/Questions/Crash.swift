import Glibc

/// The steps of a dump's life, by the files of a mounted machine.
enum Crash {
    static func register(_ mount: String) throws { try write("1", mount + Setup.registered) }

    static func crash(_ mount: String) throws { try write("c", mount + "/proc/sysrq-trigger") }

    /// Does nothing where no dump waits.
    static func release(_ mount: String) throws {
        let file = mount + "/sys/kernel/fadump_release_mem"
        if access(file, F_OK) == 0 { try write("1", file) }
    }

    static func write(_ text: String, _ path: String) throws {
        let file = try OpenedFile(path, O_WRONLY)
        try Array(text.utf8).withUnsafeBytes { try file.write($0, at: 0) }
    }
}
