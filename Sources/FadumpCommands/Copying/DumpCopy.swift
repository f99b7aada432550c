import Glibc
import SystemPackage

/// Copies a dump to a file: holes stay holes, an interrupted copy goes on where it was.
struct DumpCopy {
    let source: SparseSource
    var file: PartialFile
    var progress: CopyProgress
    /// Where this run began; 0 unless it went on with an earlier one.
    let resumedAt: UInt64

    private static let chunk = 1 << 20
    /// So much may be copied twice after an interruption without a signal.
    private static let checkpointInterval: UInt64 = 256 << 20

    init(source: SparseSource, file: PartialFile, quiet: Bool) throws {
        self.source = source
        self.file = file
        resumedAt = file.position
        if let all = try source.dataBytes(from: 0), let rest = try source.dataBytes(from: file.position) {
            progress = CopyProgress(done: all - rest, total: all, quiet: quiet)
        } else {
            progress = CopyProgress(done: file.position, total: source.size, quiet: quiet)
        }
    }

    /// Copies until the end or a signal; returns the signal.
    mutating func run() throws -> Int32? {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 4096)
        defer { buffer.deallocate() }
        var position = file.position
        while let run = try source.run(from: position) {
            position = run.lowerBound
            while position < run.upperBound {
                if let signal = Interruption.signalNumber {
                    try file.checkpoint(position)
                    return signal
                }
                let room = Int(min(UInt64(Self.chunk), run.upperBound - position))
                let count = try source.read(
                    into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<room]),
                    at: position
                )
                guard count > 0 else { throw Failure("the dump ends at \(position), before its size") }
                try file.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]), at: position)
                position += UInt64(count)
                progress.advance(by: UInt64(count))
                if position - file.position >= Self.checkpointInterval { try file.checkpoint(position) }
            }
        }
        return nil
    }
}
