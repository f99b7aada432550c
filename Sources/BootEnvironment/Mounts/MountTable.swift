/// What is mounted where.
///
/// Source: proc_pid_mountinfo(5): the fifth field is the mount point, with octal escapes.
enum MountTable {
    /// A mount: its point, and the type of its file system.
    struct Mount: Sendable, Hashable {
        var point: String
        var type: String
        var isReadOnly = false
    }

    /// The mounts below `folder`, relative to it and beginning with /, outer ones first. Of several on one point the last
    /// is the one that is seen.
    static func mounts(below folder: String, in text: String) -> [Mount] {
        var mounts: [Mount] = []
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 5, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count else {
                continue
            }
            let point = unescaped(fields[4])
            guard point.hasPrefix(folder + "/"), point != "/" else { continue }
            let isReadOnly = fields[5].split(separator: ",").contains("ro")
            let mount = Mount(
                point: String(point.dropFirst(folder.count)),
                type: String(fields[dash + 1]),
                isReadOnly: isReadOnly
            )
            mounts.removeAll { $0.point == mount.point || $0.point.hasPrefix(mount.point + "/") }
            mounts.append(mount)
        }
        return mounts
    }

    static func unescaped(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), rest.count >= 3,
                let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
            {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
