import Glibc
import SystemPackage

/// The mounted files of the machine, held by their directory.
final class MachineFiles: Sendable {
    private let descriptor: Int32
    /// A file of the boot that runs now: reading it says ENODEV as soon as that boot is over.
    private let witness: Int32

    init(_ path: String) throws(BootFailure) {
        descriptor = try check(
            Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
            "cannot open the machine's files at \(path)"
        )
        let file = openat(descriptor, "proc/cmdline", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            close(descriptor)
            throw BootFailure(
                "no kernel runs on the machine at \(path); switch it on, or wait for its next boot"
            )
        }
        witness = file
    }

    deinit {
        close(witness)
        close(descriptor)
    }

    /// Whether the boot that ran when this was made is over.
    var isBootOver: Bool {
        var byte: UInt8 = 0
        return pread(witness, &byte, 1, 0) < 0
    }

    /// A path to the machine's files for this process.
    var path: String { "/proc/self/fd/\(descriptor)" }

    func exists(_ name: String) -> Bool {
        var status = stat()
        return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
    }

    func mode(_ name: String) -> UInt16? {
        var status = stat()
        guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return UInt16(truncatingIfNeeded: status.st_mode & 0o7777)
    }

    /// Opens a file of the machine; the caller closes it.
    func open(_ name: String, _ flags: Int32) throws(Errno) -> Int32 {
        let file = openat(descriptor, name, flags | O_CLOEXEC)
        guard file >= 0 else { throw Errno(rawValue: errno) }
        return file
    }

    /// Writes once, as whoever writes to the machine does, and waits for the answer.
    func write(_ bytes: [UInt8], to name: String) throws(Errno) -> Int {
        let file = try open(name, O_WRONLY)
        defer { close(file) }
        let count = Glibc.write(file, bytes, bytes.count)
        guard count >= 0 else { throw Errno(rawValue: errno) }
        return count
    }

    func read(_ name: String) throws(Errno) -> [UInt8] {
        let file = try open(name, O_RDONLY)
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = pread(file, &buffer, buffer.count, off_t(bytes.count))
            guard count >= 0 else { throw Errno(rawValue: errno) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}
