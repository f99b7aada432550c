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

    init(_ handle: VMCoreHandle) { self.handle = handle }

    var size: UInt64 { handle.core.size }

    func read(at offset: UInt64, count: Int, _ body: ([UnsafeRawBufferPointer]) -> Void) throws(Errno) {
        if handle.isReleased { throw .ioError }
        handle.core.image.withPieces(at: offset, count: count, body)
    }

    func write(at offset: UInt64, _ bytes: [UInt8]) throws(Errno) -> Int { throw .ioError }

    /// The kernel's vmcore has no holes to tell of, whatever the memory behind it.
    func seekData(from offset: UInt64) throws(Errno) -> UInt64 { try checkedForSeeking(offset) }

    func seekHole(from offset: UInt64) throws(Errno) -> UInt64 {
        _ = try checkedForSeeking(offset)
        return size
    }

    private func checkedForSeeking(_ offset: UInt64) throws(Errno) -> UInt64 {
        if handle.isReleased { throw .invalidArgument }
        guard offset < size else { throw .noSuchAddressOrDevice }
        return offset
    }
}
