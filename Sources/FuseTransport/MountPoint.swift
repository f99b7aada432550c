import Glibc
import SystemPackage

/// The checks before mounting, each with an answer that says what to do.
enum MountPoint {
    /// Throws unless `path` is an empty directory that nothing is mounted on. A mount that a killed daemon left
    /// behind is cleaned up first.
    static func check(_ path: String) throws(MountFailure) {
        try checkDevice()
        do throws(Errno) {
            _ = try DeadMount.clean(path)
        } catch {
            throw .mountPointUnusable(path, error)
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw errno == ENOENT
                ? .mountPointMissing(path) : .mountPointUnusable(path, Errno(rawValue: errno))
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .mountPointNotDirectory(path) }
        var parent = stat()
        guard stat(path + "/..", &parent) == 0 else {
            throw .mountPointUnusable(path, Errno(rawValue: errno))
        }
        let isRoot = parent.st_ino == status.st_ino && parent.st_dev == status.st_dev
        guard parent.st_dev == status.st_dev, !isRoot else { throw .alreadyMounted(path) }
        guard try isEmpty(path) else { throw .mountPointNotEmpty(path) }
    }

    private static func checkDevice() throws(MountFailure) {
        let device = open("/dev/fuse", O_RDWR | O_CLOEXEC)
        guard device >= 0 else {
            throw errno == ENOENT ? .noDevice : .deviceRefused(Errno(rawValue: errno))
        }
        close(device)
    }

    private static func isEmpty(_ path: String) throws(MountFailure) -> Bool {
        guard let directory = opendir(path) else { throw .mountPointUnusable(path, Errno(rawValue: errno)) }
        defer { closedir(directory) }
        var names = 0
        while readdir(directory) != nil { names += 1 }
        return names <= 2
    }
}
