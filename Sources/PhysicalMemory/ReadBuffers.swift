import Glibc
import Synchronization
import SystemPackage

/// Room for contents that are made up while they are read, used again by the next read.
///
/// A read of the kernel's is of a megabyte at most, and as many are made up at a time as threads serve. malloc(3) would
/// keep such pieces in the arena of every thread, of all sizes and for ever. What is free beyond a few is given back.
final class ReadBuffers: Sendable {
    static let shared = ReadBuffers()
    /// Bytes of a buffer that is kept; larger ones are made for one read.
    static let size = 1 << 20
    private static let kept = 2

    private let free = Mutex<[Buffer]>([])

    /// Room for `count` bytes, whatever they were before; whoever takes it gives it back. Errors: those of mmap(2).
    func take(_ count: Int) throws(Errno) -> Buffer {
        if count <= Self.size, let known = free.withLock({ $0.popLast() }) { return known }
        return try Buffer(max(count, Self.size))
    }

    func giveBack(_ buffer: Buffer) {
        guard buffer.bytes.count == Self.size else { return }
        free.withLock { if $0.count < Self.kept { $0.append(buffer) } }
    }

    /// Pages of its own, which go with it.
    final class Buffer: @unchecked Sendable {
        // Unchecked: whoever took it is the only one that has it.
        let bytes: UnsafeMutableRawBufferPointer

        init(_ count: Int) throws(Errno) {
            let protection = PROT_READ | PROT_WRITE
            let start = mmap(nil, count, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            guard let start, start != MAP_FAILED else { throw Errno(rawValue: errno) }
            bytes = UnsafeMutableRawBufferPointer(start: start, count: count)
        }

        deinit { munmap(bytes.baseAddress, bytes.count) }
    }
}
