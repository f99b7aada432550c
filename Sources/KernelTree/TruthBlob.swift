import KernFS
import Machine
import PhysicalMemory
import SystemPackage

/// `machine/truth`: what memory, registers and notes were at the crash whose dump waits.
///
/// Gone with the dump: once that is released, the memory is written to again.
final class TruthBlob: Blob {
    private let handle: TruthHandle
    private let image: MemoryImage

    init(_ handle: TruthHandle) throws(Errno) {
        self.handle = handle
        image = try handle.file()
    }

    var size: UInt64 { image.size }

    func read(at offset: UInt64, count: Int, _ body: ([UnsafeRawBufferPointer]) -> Void) throws(Errno) {
        if handle.isReleased { throw .ioError }
        try image.withPieces(at: offset, count: count, body)
    }

    func write(at offset: UInt64, _ bytes: [UInt8]) throws(Errno) -> Int { throw .ioError }

    func seekData(from offset: UInt64) throws(Errno) -> UInt64 { try checkedForSeeking(offset) }

    func seekHole(from offset: UInt64) throws(Errno) -> UInt64 {
        _ = try checkedForSeeking(offset)
        return size
    }

    private func checkedForSeeking(_ offset: UInt64) throws(Errno) -> UInt64 {
        guard offset < size else { throw .noSuchAddressOrDevice }
        return offset
    }
}
