import Glibc

/// An open file that closes itself.
struct OpenedFile: ~Copyable {
    let descriptor: Int32
    private let path: String

    init(_ path: String, _ flags: Int32 = O_RDONLY) throws {
        descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemFailure(call: "open", path) }
        self.path = path
    }

    deinit { close(descriptor) }

    /// Lets the kernel forget what it remembers of the file, so that the next read asks whoever has it.
    func forgetPages() { posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED) }

    /// Reads all of `buffer`, or says where it could not.
    func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = pread(descriptor, rest.baseAddress, rest.count, offset + done)
            guard count > 0 else { throw SystemFailure(call: "pread at \(offset + done)", path) }
            done += count
        }
    }

    /// Writes all of `buffer`.
    func write(_ buffer: UnsafeRawBufferPointer, at offset: Int) throws {
        guard pwrite(descriptor, buffer.baseAddress, buffer.count, offset) == buffer.count else {
            throw SystemFailure(call: "pwrite at \(offset)", path)
        }
    }
}
