import Glibc
import SystemPackage

/// A mount point whose daemon was killed: every access says ENOTCONN until somebody unmounts it.
public enum DeadMount {
    /// Asks for the file system's statistics, which the kernel never answers by itself.
    public static func isDead(_ path: String) -> Bool {
        var statistics = statvfs()
        return statvfs(path, &statistics) != 0 && errno == ENOTCONN
    }

    /// Unmounts `path` if it is dead; false where it is not. A live mount is never touched.
    public static func clean(_ path: String) throws(Errno) -> Bool {
        guard isDead(path) else { return false }
        let detach: Int32 = 2
        if umount2(path, detach) == 0 { return true }
        guard errno == EPERM else { throw Errno(rawValue: errno) }
        try unmountAsUser(path)
        return true
    }

    /// What a user may not do, the set-user-id helper of libfuse does.
    private static func unmountAsUser(_ path: String) throws(Errno) {
        var pid = pid_t()
        let words = ["fusermount3", "-u", "-z", path]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        let failure = posix_spawnp(&pid, "fusermount3", nil, nil, &arguments, environ)
        guard failure == 0 else { throw Errno(rawValue: failure) }
        var status: Int32 = 0
        guard waitpid(pid, &status, 0) == pid, status == 0 else { throw .notPermitted }
    }
}
