import Glibc
import KernFS
import Machine
import SystemPackage
import Testing

/// A machine's tree through the kernel: the program that users run, in a temporary directory. Its dump is read directly:
/// what passthrough does otherwise once a dump is gone is told in the README, and shown by a case.
final class MountedTree: TreeAccess {
    private let folder: String
    private let root: String
    private let name: String

    /// The program beside the tests.
    static var program: String {
        let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return getenv("FADUMPFS").map { String(cString: $0) } ?? "/\(tests)/.build/debug/fadumpfs"
    }

    /// Whether a mount is possible here.
    static var isPossible: Bool { access("/dev/fuse", R_OK | W_OK) == 0 && access(program, X_OK) == 0 }

    init(_ arguments: [String]) throws {
        var template = Array("/tmp/fadumpfs-conformance.XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Errno(rawValue: errno) }
        folder = String(cString: made)
        root = folder + "/mount"
        name = "conformance-\(folder.suffix(6))"
        mkdir(root, 0o755)
        setenv("FADUMPFS_RUNTIME_DIR", "/tmp/fadumpfs-conformance", 1)
        try Self.run(["mount", "--name", name, "--vmcore", "direct"] + arguments + [root])
    }

    deinit {
        do {
            try Self.run(["unmount", "--name", name])
        } catch {
            Issue.record("the machine on \(root) could not be unmounted: \(error)")
        }
        rmdir(root)
        rmdir(folder)
    }

    private static func run(_ arguments: [String]) throws {
        var pid = pid_t()
        let words = [program] + arguments
        var vector: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for word in vector { free(word) } }
        let failure = posix_spawn(&pid, program, nil, nil, &vector, environ)
        guard failure == 0 else { throw Errno(rawValue: failure) }
        var status: Int32 = 0
        guard waitpid(pid, &status, 0) == pid, status == 0 else { throw Errno.ioError }
    }

    private func check<Number: SignedInteger>(_ result: Number) throws(Errno) -> Number {
        guard result >= 0 else { throw Errno(rawValue: errno) }
        return result
    }

    private func absolute(_ path: String) -> String { root + "/" + path }

    func open(_ path: String, _ mode: OpenMode) throws(Errno) -> Int {
        var flags: Int32 = O_CLOEXEC
        switch (mode.contains(.read), mode.contains(.write)) {
        case (true, true): flags |= O_RDWR
        case (false, true): flags |= O_WRONLY
        default: flags |= O_RDONLY
        }
        if mode.contains(.truncate) { flags |= O_TRUNC }
        if mode.contains(.direct) { flags |= 0o40000 }
        return Int(try check(Glibc.open(absolute(path), flags)))
    }

    func read(_ file: Int, at offset: UInt64, count: Int) throws(Errno) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = try check(pread(Int32(file), &bytes, count, off_t(clamping: offset)))
        return Array(bytes[..<got])
    }

    func write(_ file: Int, at offset: UInt64, _ bytes: [UInt8]) throws(Errno) -> Int {
        try check(pwrite(Int32(file), bytes, bytes.count, off_t(clamping: offset)))
    }

    func seekToEnd(_ file: Int) throws(Errno) -> UInt64 {
        UInt64(try check(lseek(Int32(file), 0, SEEK_END)))
    }

    func close(_ file: Int) { Glibc.close(Int32(file)) }

    func status(_ path: String) throws(Errno) -> Status {
        var result = stat()
        _ = try check(lstat(absolute(path), &result))
        return Status(result)
    }

    func status(of file: Int) throws(Errno) -> Status {
        var result = stat()
        _ = try check(fstat(Int32(file), &result))
        return Status(result)
    }

    func changeMode(_ path: String, _ mode: UInt16) throws(Errno) {
        _ = try check(chmod(absolute(path), mode_t(mode)))
    }

    func truncate(_ path: String, to size: UInt64) throws(Errno) {
        _ = try check(Glibc.truncate(absolute(path), off_t(clamping: size)))
    }

    func create(_ path: String) throws(Errno) {
        close(Int(try check(Glibc.open(absolute(path), O_WRONLY | O_CREAT | O_EXCL, 0o644))))
    }

    func makeDirectory(_ path: String) throws(Errno) { _ = try check(mkdir(absolute(path), 0o755)) }

    func remove(_ path: String) throws(Errno) { _ = try check(unlink(absolute(path))) }

    func list(_ path: String) throws(Errno) -> [String] {
        guard let directory = opendir(absolute(path)) else { throw Errno(rawValue: errno) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}

extension Status {
    init(_ result: stat) {
        self.init(
            number: UInt64(result.st_ino),
            mode: UInt16(truncatingIfNeeded: result.st_mode & 0o7777),
            size: UInt64(clamping: result.st_size)
        )
    }
}
