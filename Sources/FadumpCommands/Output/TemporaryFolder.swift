import Glibc
import SystemPackage

/// A folder of this process's own, which goes with all that is in it.
struct TemporaryFolder {
    let path: FilePath

    /// Makes the folder and empty ones in it.
    init(_ inner: [String]) throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array((base + "/fadumpfs.XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else {
            throw Failure("cannot make a folder in \(base): \(Errno(rawValue: errno))")
        }
        path = FilePath(platformString: made)
        for name in inner { mkdir(path.appending(name).string, 0o700) }
    }

    /// Removes the files in it and its empty folders; nothing below a mount point.
    func remove() {
        guard let directory = opendir(path.string) else { return }
        while let item = readdir(directory) {
            let name = withUnsafePointer(to: &item.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            let entry = path.appending(name).string
            if unlink(entry) != 0 { rmdir(entry) }
        }
        closedir(directory)
        rmdir(path.string)
    }
}
