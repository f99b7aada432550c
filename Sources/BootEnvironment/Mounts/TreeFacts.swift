import Glibc

/// What planning mounts needs to know of a tree of files.
protocol TreeFacts {
    func kind(_ path: String) -> FileKind?
    /// The names in a directory, sorted; none where it cannot be read.
    func names(_ path: String) -> [String]
    /// Whether one may look into a directory.
    func isReadable(_ path: String) -> Bool
    /// Where a link points.
    func target(_ path: String) -> String
}

enum FileKind: Sendable, Hashable {
    case directory
    case link
    /// A file, or whatever else is no directory.
    case other
}

/// The files that this process sees, below a folder.
struct RealTree: TreeFacts {
    var folder = ""

    func kind(_ path: String) -> FileKind? {
        var status = stat()
        guard lstat(folder + path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return .directory
        case S_IFLNK: return .link
        default: return .other
        }
    }

    func names(_ path: String) -> [String] {
        guard let directory = opendir(folder + path) else { return [] }
        defer { closedir(directory) }
        return Self.names(directory).sorted()
    }

    /// The rest of what an open directory lists, without `.` and `..`.
    static func names(_ directory: OpaquePointer) -> [String] {
        var names: [String] = []
        while let item = readdir(directory) {
            let name = withUnsafePointer(to: &item.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    func isReadable(_ path: String) -> Bool { access(folder + path, R_OK | X_OK) == 0 }

    func target(_ path: String) -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink(folder + path, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
