import CLinux
import Glibc
import SystemPackage

/// Memory that both processes see: the helper writes what was asked for, the daemon copies it out.
///
/// It cannot be made smaller under the daemon's mapping. The other process may change its bytes at any time, so that
/// whoever looks at them more than once takes a copy first.
final class ImageWindow: Sendable {
    static let byteCount = 4 << 20

    /// Where the window's file is handed on.
    let descriptor: FileDescriptor
    private let address: UInt

    /// A new window. Errors: those of the host's memory.
    convenience init() throws(Errno) {
        let raw = clinux_sealed_memory("fadumpfs-image", UInt(Self.byteCount))
        guard raw >= 0 else { throw Errno(rawValue: errno) }
        try self.init(FileDescriptor(rawValue: raw))
    }

    /// The window behind a descriptor, which is taken over.
    init(_ descriptor: FileDescriptor) throws(Errno) {
        self.descriptor = descriptor
        let place = mmap(nil, Self.byteCount, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor.rawValue, 0)
        guard let place, place != MAP_FAILED else {
            let failure = Errno(rawValue: errno)
            try? descriptor.close()
            throw failure
        }
        address = UInt(bitPattern: place)
    }

    deinit {
        munmap(UnsafeMutableRawPointer(bitPattern: address), Self.byteCount)
        try? descriptor.close()
    }

    /// The first `count` bytes, as many as there are.
    func bytes(_ count: UInt32) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(
            start: UnsafeMutableRawPointer(bitPattern: address),
            count: min(Int(count), Self.byteCount)
        )
    }
}
