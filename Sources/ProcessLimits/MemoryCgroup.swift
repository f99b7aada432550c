import Glibc
import SystemPackage

/// A cgroup whose processes may use so much memory together, and no swap.
public struct MemoryCgroup: Sendable {
    public let path: FilePath
    private let version: CgroupHierarchy.Version

    /// Makes a cgroup beside or below that of this process.
    ///
    /// Errors: no memory controller, no right to make one.
    public init(limit: UInt64) throws(CgroupFailure) {
        let hierarchy = try CgroupHierarchy.find()
        version = hierarchy.version
        let name = "fadumpfs-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        var failure = CgroupFailure("no place for one")
        for parent in hierarchy.parents {
            Self.sweep(parent)
            let path = parent.appending(name)
            guard mkdir(path.string, 0o755) == 0 else {
                failure = CgroupFailure("cannot make one in \(parent)", Errno(rawValue: errno))
                continue
            }
            do throws(Errno) {
                try Self.set(limit, in: path, version)
                self.path = path
                return
            } catch {
                failure = CgroupFailure("cannot limit memory in \(parent)", error)
                rmdir(path.string)
            }
        }
        throw failure
    }

    /// Removes what processes left here that were killed before they could.
    private static func sweep(_ parent: FilePath) {
        guard let directory = opendir(parent.string) else { return }
        defer { closedir(directory) }
        while let item = readdir(directory) {
            let name = withUnsafePointer(to: &item.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            let parts = name.split(separator: "-")
            guard parts.count == 3, parts[0] == "fadumpfs", let maker = pid_t(parts[1]) else { continue }
            // One with processes in it is busy, whoever made it.
            if kill(maker, 0) != 0, errno == ESRCH { rmdir(parent.appending(name).string) }
        }
    }

    private static func set(_ limit: UInt64, in path: FilePath, _ version: CgroupHierarchy.Version)
        throws(Errno)
    {
        switch version {
        case .one:
            try TextFile.write("\(limit)", to: path.appending("memory.limit_in_bytes"))
            // Memory and swap together; absent where the kernel does not count swap.
            try? TextFile.write("\(limit)", to: path.appending("memory.memsw.limit_in_bytes"))
        case .two:
            try TextFile.write("\(limit)", to: path.appending("memory.max"))
            try? TextFile.write("0", to: path.appending("memory.swap.max"))
        }
    }

    /// What a process writes its pid to in order to be limited.
    public var membership: FilePath { path.appending("cgroup.procs") }

    /// The most memory that was ever used; nil where the kernel does not say (version 2 before 5.19).
    public var peak: UInt64? {
        let name = version == .one ? "memory.max_usage_in_bytes" : "memory.peak"
        return UInt64(TextFile.read(path.appending(name)).filter(\.isNumber))
    }

    /// Whether the kernel killed a process because the limit was reached.
    public var wasExceeded: Bool {
        let name = version == .one ? "memory.oom_control" : "memory.events"
        let lines = TextFile.read(path.appending(name)).split(separator: "\n")
        return lines.contains { line in
            let words = line.split(separator: " ")
            return words.count == 2 && words[0] == "oom_kill" && words[1] != "0"
        }
    }

    /// Ends what still runs in it, and removes it.
    public func remove() {
        for _ in 0..<100 {
            for word in TextFile.read(membership).split(separator: "\n") {
                if let pid = pid_t(word) { kill(pid, SIGKILL) }
            }
            if rmdir(path.string) == 0 || errno == ENOENT { return }
            usleep(10_000)
        }
    }
}
