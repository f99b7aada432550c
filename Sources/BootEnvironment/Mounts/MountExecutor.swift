import CLinux
import Glibc
import SystemPackage

extension MountStep {
    /// Carries the step out. The current directory is the machine's mount point.
    ///
    /// Errors: what was tried, and the errno. `isUser` is for what users may not do and root may.
    func perform(asUser isUser: Bool = false) throws(BootFailure) {
        switch self {
        case .directory(let path):
            guard mkdir(path, 0o755) != 0, errno != EEXIST else { return }
            throw BootFailure("cannot make \(path)", Errno(rawValue: errno))
        case .emptyFile(let path):
            close(try check(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o444), "cannot make \(path)"))
        case .link(let path, let target):
            try check(symlink(target, path), "cannot make the link \(path)")
        case .copy(let source, let target): try Self.copy(source, target)
        case .scratch(let path, let mode):
            try check(
                clinux_mount("fadumpfs", path, "tmpfs", 1, "mode=\(mode)"),
                "cannot mount a tmpfs on \(path)"
            )
        case .bind(let source, let target, let recursive):
            try check(
                clinux_bind(source, target, recursive ? 1 : 0),
                "cannot bind \(source) over \(target)"
            )
        case .readOnly(let path):
            try check(clinux_make_read_only(path), "cannot make \(path) read-only")
        case .overlay(let lower, let upper, let work, let path):
            try Self.overlay(lower, upper, work, path, isUser)
        case .processes(let path):
            try check(clinux_mount("proc", path, "proc", 1, nil), "cannot mount proc on \(path)")
        case .detach(let path):
            try check(clinux_detach(path), "cannot unmount \(path)")
        }
    }

    /// Small files only: one read.
    private static func copy(_ source: String, _ target: String) throws(BootFailure) {
        let input = try check(open(source, O_RDONLY | O_CLOEXEC), "cannot open \(source)")
        defer { close(input) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = try check(read(input, &buffer, buffer.count), "cannot read \(source)")
        let output = try check(open(target, O_WRONLY | O_CREAT | O_CLOEXEC, 0o444), "cannot make \(target)")
        defer { close(output) }
        try check(write(output, buffer, count), "cannot write \(target)")
    }

    private static func overlay(
        _ lower: [String],
        _ upper: String?,
        _ work: String?,
        _ path: String,
        _ isUser: Bool
    ) throws(BootFailure) {
        // Colons separate layers, commas options; a backslash takes that from them.
        func quoted(_ text: String) -> String {
            text.map { "\\:,".contains($0) ? "\\\($0)" : String($0) }.joined()
        }
        var options = "lowerdir=" + lower.map(quoted).joined(separator: ":")
        if let upper, let work { options += ",upperdir=\(quoted(upper)),workdir=\(quoted(work))" }
        let isWritable = upper != nil
        if let upper, let work, let bottom = lower.last {
            try makeFolders(upper, like: bottom)
            try makeFolders(work, like: nil)
        }
        if clinux_mount("fadumpfs", path, "overlay", 0, options) == 0 { return }
        let first = Errno(rawValue: errno)
        // In a user namespace the marks of an overlay are kept in attributes that users may set.
        if isWritable, clinux_mount("fadumpfs", path, "overlay", 0, options + ",userxattr") == 0 { return }
        // What is mounted by others is locked to the directory there.
        let isLocked = first == .invalidArgument && isUser
        let advice =
            isLocked
            ? "; without root a directory in which something is mounted cannot be covered"
            : isWritable
                ? "; changes must be kept on a file system that overlays can write to, such as ext4, xfs or tmpfs"
                : ""
        throw BootFailure("cannot mount an overlay on \(path): \(first)\(advice)")
    }

    /// Makes a folder and those above it. The top of an overlay looks like its upper folder, which therefore gets mode and
    /// owner of the lower one.
    private static func makeFolders(_ path: String, like model: String?) throws(BootFailure) {
        var above = ""
        for part in path.split(separator: "/") {
            above += "/" + part
            guard mkdir(above, 0o755) != 0, errno != EEXIST, errno != EROFS else { continue }
            throw BootFailure("cannot make \(above)", Errno(rawValue: errno))
        }
        var status = stat()
        guard let model, stat(model, &status) == 0 else { return }
        _ = chown(path, status.st_uid, status.st_gid)
        _ = chmod(path, status.st_mode & 0o7777)
    }
}
