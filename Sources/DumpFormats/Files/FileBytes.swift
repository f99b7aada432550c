import Glibc
import SystemPackage

/// A file read in place; nothing of it is kept in memory.
public final class FileBytes: DumpBytes {
    public let name: String
    public let size: UInt64
    private let descriptor: FileDescriptor

    /// Opens a file for reading. Errors: `.file` where it cannot be opened, or has no size that can be told.
    public convenience init(opening path: String) throws(DumpFailure) {
        do {
            let descriptor = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
            try self.init(descriptor, name: path)
        } catch let error as DumpFailure {
            throw error
        } catch {
            throw .file(error as? Errno ?? .ioError, file: path)
        }
    }

    /// Takes over an open file, which it closes in the end.
    public init(_ descriptor: FileDescriptor, name: String) throws(DumpFailure) {
        self.descriptor = descriptor
        self.name = name
        let end: Int64
        do { end = try descriptor.seek(offset: 0, from: .end) } catch {
            try? descriptor.close()
            throw .file(error as? Errno ?? .ioError, file: name)
        }
        size = UInt64(clamping: end)
    }

    deinit { try? descriptor.close() }

    /// SEEK_DATA, which Swift's Glibc hides. Nobody else minds the position: all reads say theirs.
    private static let seekData: Int32 = 3

    public func data(from offset: UInt64) -> UInt64 {
        guard offset < size else { return offset }
        let found = lseek(descriptor.rawValue, off_t(clamping: offset), Self.seekData)
        // Behind the last data there is a hole up to the end; other errors know of no holes.
        if found < 0 { return errno == ENXIO ? size : offset }
        return max(offset, UInt64(found))
    }

    public func read(
        at offset: UInt64,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(DumpFailure) -> Int {
        var done = 0
        while done < buffer.count, let position = Int(exactly: offset &+ UInt64(done)) {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = pread(descriptor.rawValue, rest.baseAddress, rest.count, position)
            if count == 0 { break }
            if count > 0 {
                done += count
            } else if errno != EINTR {
                throw .file(Errno(rawValue: errno), file: name)
            }
        }
        return done
    }
}
