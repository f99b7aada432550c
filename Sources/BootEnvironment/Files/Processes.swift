import Glibc
import SystemPackage

/// The processes of a boot, as its own proc file system shows them.
///
/// Held by a descriptor of that file system: what lies over it in the boot does not matter.
final class Processes: Sendable {
    private let descriptor: Int32

    init(mountedAt path: String) throws(BootFailure) {
        descriptor = try check(
            open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
            "cannot open the boot's processes at \(path)"
        )
    }

    /// A path to them for this process.
    var path: String { "/proc/self/fd/\(descriptor)" }

    /// Everything that the file system lists.
    func names() -> [String] {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let directory = fdopendir(copy) else { return [] }
        defer { closedir(directory) }
        return RealTree.names(directory)
    }

    func exists(_ name: String) -> Bool {
        var status = stat()
        return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
    }

    /// The process of a thread; nil where there is no such thread in the boot.
    func process(of thread: pid_t) -> pid_t? { number("Tgid:", of: thread) }

    /// The effective user of a thread, as this process counts users.
    func user(of thread: pid_t) -> UInt32? {
        fields("Uid:", of: thread).flatMap { $0.count > 1 ? UInt32($0[1]) : nil }
    }

    private func number(_ name: String, of thread: pid_t) -> pid_t? {
        fields(name, of: thread)?.first.flatMap { pid_t($0) }
    }

    private func fields(_ name: String, of thread: pid_t) -> [Substring]? {
        guard thread > 0 else { return nil }
        let file = openat(descriptor, "\(thread)/status", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(file, &buffer, buffer.count)
        guard count > 0 else { return nil }
        let text = String(decoding: buffer[..<count], as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.dropFirst(name.count).split(whereSeparator: { $0 == "\t" || $0 == " " })
    }
}
