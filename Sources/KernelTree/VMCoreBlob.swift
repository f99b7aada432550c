import KernFS
import Machine
import PhysicalMemory
import SystemPackage

/// /proc/vmcore as an open file has it: an immutable image of the dump, dead once the dump is released.
///
/// Source of the errors: a procfs file whose entry is gone (Linux 3.4, fs/proc/inode.c), recorded from 3.4.113:
/// reads EIO, seeks EINVAL.
final class VMCoreBlob: Blob {
    private let handle: VMCoreHandle
    private let tellsHoles: Bool
    private let longestRead: Int
    private let errorOnceReleased: Errno
    /// The dump as a file of the host, where there is one.
    let backing: (any BackingFile)?

    /// With `tellsHoles`, seeking finds the memory that was never written; the kernel's own file has no holes to
    /// tell of, whatever the memory behind it. Other file systems cut reads, and have an error of their own for a file
    /// that is gone.
    init(
        _ handle: VMCoreHandle,
        tellsHoles: Bool = false,
        longestRead: Int = .max,
        errorOnceReleased: Errno = .ioError,
        backing: (any BackingFile)? = nil
    ) {
        self.handle = handle
        self.backing = backing
        self.tellsHoles = tellsHoles
        self.longestRead = longestRead
        self.errorOnceReleased = errorOnceReleased
    }

    var size: UInt64 { handle.core.size }

    func read(at offset: UInt64, count: Int, _ body: ([UnsafeRawBufferPointer]) -> Void) throws(Errno) {
        if handle.isReleased { throw errorOnceReleased }
        try handle.core.image.withPieces(at: offset, count: min(count, longestRead), body)
    }

    func write(at offset: UInt64, _ bytes: [UInt8]) throws(Errno) -> Int { throw .ioError }

    func seekData(from offset: UInt64) throws(Errno) -> UInt64 {
        let offset = try checkedForSeeking(offset)
        guard tellsHoles else { return offset }
        guard let found = handle.core.image.nextData(from: offset) else { throw .noSuchAddressOrDevice }
        return found
    }

    func seekHole(from offset: UInt64) throws(Errno) -> UInt64 {
        let offset = try checkedForSeeking(offset)
        return tellsHoles ? handle.core.image.nextHole(from: offset) ?? size : size
    }

    private func checkedForSeeking(_ offset: UInt64) throws(Errno) -> UInt64 {
        if handle.isReleased { throw .invalidArgument }
        guard offset < size else { throw .noSuchAddressOrDevice }
        return offset
    }
}
