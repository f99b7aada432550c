/// What is mounted where.
///
/// Source: proc_pid_mountinfo(5): the fifth field is the mount point, with octal escapes.
enum MountTable {
    /// The mount points below `folder`, relative to it and beginning with /, outer ones first.
    static func points(below folder: String, in text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 4 else { return nil }
            let point = unescaped(fields[4])
            guard point.hasPrefix(folder + "/") else { return nil }
            return String(point.dropFirst(folder.count))
        }
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
