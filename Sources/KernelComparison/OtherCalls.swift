import KernFS
import SystemPackage

extension KernelTrial {
    /// What calls that are no part of fadump are answered on a small file, and in the directory `folder`.
    ///
    /// Errors: those of opening the file.
    func otherCalls(on path: String, in folder: String) throws(Errno) -> [(call: String, answer: String)] {
        let file = try fileSystem.open(number(of: path), .read)
        defer { fileSystem.release(file) }
        let directory = try fileSystem.resolve(folder)
        let number = try number(of: path)
        var bytes: [UInt8] = []
        try fileSystem.read(file, at: 1, count: 4) { pieces in bytes = pieces.flatMap { Array($0) } }
        return [
            ("pread of 4 bytes from the second on", Quoted.text(String(decoding: bytes, as: UTF8.self))),
            ("fsync", fileSystem.syncRefusal(file)?.name ?? "0"),
            ("setxattr user.x", set("user.x", number)),
            ("setxattr trusted.x", set("trusted.x", number)),
            ("creat in /\(folder)", fileSystem.refusalToCreate(in: directory).name),
            ("mkdir in /\(folder)", fileSystem.refusalToName(in: directory).name),
        ]
    }

    private func set(_ attribute: String, _ number: UInt64) -> String {
        do throws(Errno) {
            try fileSystem.setExtendedAttribute(number, attribute, [1])
            return "0"
        } catch {
            return error.name
        }
    }
}

/// Text as a shell's author would write it down.
enum Quoted {
    static func text(_ text: String) -> String {
        let escaped = text.map { $0 == "\n" ? "\\n" : $0 == "\0" ? "\\0" : String($0) }
        return "\"\(escaped.joined())\""
    }
}
