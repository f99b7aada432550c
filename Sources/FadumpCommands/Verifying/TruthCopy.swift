import DumpFormats
import DumpVerification
import Glibc
import SystemPackage

/// A truth that is being kept: a file that gets its name when it is whole.
final class TruthCopy {
    private let output: FilePath
    private let partial: FilePath
    private let descriptor: FileDescriptor
    private let quiet: Bool
    private(set) var size: UInt64 = 0

    init(to output: FilePath, quiet: Bool) throws {
        self.output = output
        self.quiet = quiet
        partial = FilePath(output.string + ".\(getpid()).new")
        do {
            descriptor = try FileDescriptor.open(
                partial,
                .writeOnly,
                options: [.create, .truncate, .closeOnExec, .noFollow],
                permissions: .ownerReadWrite
            )
        } catch let error as Errno {
            throw Failure("cannot write \(output): \(error)")
        }
    }

    /// Keeps hashes of stored memory; returns how many bytes of it there are.
    func hash(_ reader: TruthReader) throws -> UInt64 {
        let hashed = try HashedTruth(of: reader)
        let total = hashed.total
        var progress = CopyProgress(done: 0, total: total, quiet: quiet)
        try hashed.write(append) { bytes in
            progress.advance(by: bytes)
            return Interruption.signalNumber == nil
        }
        progress.end()
        try finish()
        return total
    }

    /// Keeps the file at `path` as it is; returns how many bytes it has.
    func copy(from path: String) throws -> UInt64 {
        let file = try FileBytes(opening: path)
        var progress = CopyProgress(done: 0, total: file.size, quiet: quiet)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        defer { buffer.deallocate() }
        while size < file.size {
            let count = try file.read(at: size, into: buffer)
            guard count > 0 else { throw Failure("\(path) ends at \(size), before its size") }
            try append(Array(UnsafeRawBufferPointer(rebasing: buffer[..<count])))
            progress.advance(by: UInt64(count))
            guard Interruption.signalNumber == nil else { throw Verification.Stopped() }
        }
        progress.end()
        try finish()
        return size
    }

    private func append(_ bytes: [UInt8]) throws {
        do {
            _ = try descriptor.writeAll(bytes)
        } catch let error as Errno {
            throw Failure("cannot write \(output): \(error)")
        }
        size += UInt64(bytes.count)
    }

    private func finish() throws {
        guard fsync(descriptor.rawValue) == 0, rename(partial.string, output.string) == 0 else {
            throw Failure("cannot write \(output): \(Errno(rawValue: errno))")
        }
        try? descriptor.close()
    }

    /// Leaves nothing.
    func discard() {
        unlink(partial.string)
        try? descriptor.close()
    }
}
