import SystemPackage

/// How the memory of a command and of all it starts can be limited on this host.
public enum MemoryLimit: Sendable, Hashable {
    /// A memory cgroup: what all processes together really use, page cache included.
    case cgroup
    /// RLIMIT_DATA: what each process may allocate. Page cache and several processes together are not limited.
    case dataSegment(why: String)

    /// The best that can be had here, tried by making a cgroup and removing it.
    public static var best: MemoryLimit {
        do throws(CgroupFailure) {
            try MemoryCgroup(limit: 1 << 30).remove()
            return .cgroup
        } catch {
            return .dataSegment(why: error.description)
        }
    }

    /// What it is, for people.
    public var description: String {
        switch self {
        case .cgroup: "memory cgroup: all memory of the command, page cache included"
        case .dataSegment(let why):
            "no memory cgroup (\(why)): each process's own data only (RLIMIT_DATA), which is less than it uses"
        }
    }
}

/// Why there is no memory cgroup.
public struct CgroupFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public var description: String

    init(_ what: String, _ errno: Errno) { description = "\(what): \(errno)" }
    init(_ description: String) { self.description = description }
}
