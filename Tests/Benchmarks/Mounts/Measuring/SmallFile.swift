import Glibc

/// Files that fit into a buffer.
enum SmallFile {
    static func text(_ path: String) throws -> String {
        let buffer = Buffer(64 << 10)
        let file = try OpenedFile(path)
        let count = pread(file.descriptor, buffer.bytes.baseAddress, buffer.bytes.count, 0)
        guard count >= 0 else { throw SystemFailure(call: "read", path) }
        return String(decoding: buffer.bytes[..<count], as: UTF8.self)
    }
}
