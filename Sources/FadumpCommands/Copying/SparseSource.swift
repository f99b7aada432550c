import Glibc
import SystemPackage

/// `machine/vmcore`, which tells where its holes are.
struct SparseSource {
    let descriptor: FileDescriptor
    let size: UInt64

    /// SEEK_DATA and SEEK_HOLE, which Swift's Glibc hides.
    private static let seekData: Int32 = 3
    private static let seekHole: Int32 = 4

    init(_ path: FilePath) throws {
        do {
            descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            size = UInt64(clamping: try descriptor.seek(offset: 0, from: .end))
        } catch Errno.noSuchFileOrDirectory {
            throw Failure(
                "there is no dump: /proc/vmcore exists in a capture kernel only; see 'fadumpfs status'"
            )
        } catch let error as Errno {
            throw Failure("cannot read \(path): \(error)")
        }
    }

    /// The next run of data at or behind `offset`; nil where only a hole follows.
    func run(from offset: UInt64) throws -> Range<UInt64>? {
        guard offset < size else { return nil }
        let start = lseek(descriptor.rawValue, off_t(clamping: offset), Self.seekData)
        if start < 0, errno == ENXIO { return nil }
        let end = start < 0 ? start : lseek(descriptor.rawValue, start, Self.seekHole)
        guard start >= 0, end > start else { throw Self.gone(Errno(rawValue: errno)) }
        return UInt64(start)..<UInt64(end)
    }

    /// Fills as much of `buffer` as there is at `offset`.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws -> Int {
        do {
            return try descriptor.read(fromAbsoluteOffset: Int64(clamping: offset), into: buffer)
        } catch let error as Errno {
            throw Self.gone(error)
        }
    }

    /// Bytes of data from `offset` on; nil where there are so many runs that counting them would take long.
    func dataBytes(from offset: UInt64, atMostRuns limit: Int = 20_000) throws -> UInt64? {
        var bytes: UInt64 = 0
        var position = offset
        for _ in 0..<limit {
            guard let run = try run(from: position) else { return bytes }
            bytes += run.upperBound - run.lowerBound
            position = run.upperBound
        }
        return nil
    }

    private static func gone(_ error: Errno) -> DumpGone { DumpGone(errno: error) }
}

/// The dump was released, or its machine ended, while it was read.
struct DumpGone: Error, CustomStringConvertible {
    var errno: Errno
    var description: String { "the dump is gone (\(errno)): it was released or its machine ended" }
}
