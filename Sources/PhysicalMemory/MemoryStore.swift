import CLinux
import Glibc
import Synchronization
import SystemPackage

/// A sparse run of bytes that backs physical memory: an anonymous memory file.
///
/// Shapes: `size` bytes, all zero at first; storage is used only for pages that were written. Reading never
/// allocates: `read` goes through pread(2), which answers holes of a memory file without filling them, and
/// `data(from:)` tells where the holes are.
/// Errors: `Errno` of the system call, e.g. `.noSpace` where the host is out of memory.
public final class MemoryStore: Sendable {
    public let size: UInt64
    private let descriptor: FileDescriptor
    /// A read-only view of the whole store. Only ever touched where there is data (see `data(from:)`).
    private let view: UInt
    /// Where there is data. Only this store writes its file, so it knows.
    private let written = Mutex(PageRuns(page: UInt64(max(4096, sysconf(Int32(_SC_PAGESIZE))))))

    public init(size: UInt64) throws(Errno) {
        guard let length = Int(exactly: size) else { throw .fileTooLarge }
        let raw = clinux_memfd_create("fadumpfs-ram")
        guard raw >= 0 else { throw Errno(rawValue: errno) }
        descriptor = FileDescriptor(rawValue: raw)
        self.size = size
        guard ftruncate(raw, length) == 0 else {
            let failure = Errno(rawValue: errno)
            try? descriptor.close()
            throw failure
        }
        let flags = MAP_SHARED | MAP_NORESERVE
        guard let base = mmap(nil, max(length, 1), PROT_READ, flags, raw, 0), base != MAP_FAILED else {
            let failure = Errno(rawValue: errno)
            try? descriptor.close()
            throw failure
        }
        view = UInt(bitPattern: base)
    }

    deinit {
        munmap(UnsafeMutableRawPointer(bitPattern: view), max(Int(size), 1))
        try? descriptor.close()
    }

    /// Bytes of storage in use.
    public var allocated: UInt64 {
        var status = stat()
        guard fstat(descriptor.rawValue, &status) == 0 else { return 0 }
        return UInt64(status.st_blocks) * 512
    }

    /// Fills `buffer` with the bytes from `offset`; the caller keeps within `size`.
    public func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(Errno) {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = pread(descriptor.rawValue, rest.baseAddress, rest.count, Int(offset) + done)
            if count < 0 {
                if errno == EINTR { continue }
                throw Errno(rawValue: errno)
            }
            if count == 0 { throw .ioError }
            done += count
        }
    }

    /// Stores `bytes` at `offset`; the caller keeps within `size`.
    public func write(at offset: UInt64, _ bytes: UnsafeRawBufferPointer) throws(Errno) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = pwrite(descriptor.rawValue, rest.baseAddress, rest.count, Int(offset) + done)
            if count < 0 {
                if errno == EINTR { continue }
                throw Errno(rawValue: errno)
            }
            if count == 0 { throw .ioError }
            let start = offset + UInt64(done)
            written.withLock { $0.insert(start..<(start + UInt64(count))) }
            done += count
        }
    }

    /// Makes `count` bytes from `offset` read as zero and gives whole pages back to the host.
    public func discard(at offset: UInt64, count: UInt64) {
        guard count > 0, offset <= size, count <= size - offset else { return }
        written.withLock { $0.remove(offset..<(offset + count)) }
        _ = clinux_punch_hole(descriptor.rawValue, Int(offset), Int(count))
    }

    /// The next run of stored bytes at or after `offset`, or nil where only holes follow.
    public func data(from offset: UInt64) -> Range<UInt64>? {
        guard let run = written.withLock({ $0.next(from: offset) }), run.lowerBound < size else { return nil }
        return run.lowerBound..<min(run.upperBound, size)
    }

    /// The stored bytes of `range` in place; valid while the store lives. Ask only for data.
    func bytesInPlace(_ range: Range<UInt64>) -> UnsafeRawBufferPointer {
        let start = UnsafeRawPointer(bitPattern: view &+ UInt(range.lowerBound))
        return UnsafeRawBufferPointer(start: start, count: Int(range.upperBound - range.lowerBound))
    }
}
