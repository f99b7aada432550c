import PhysicalMemory
import Synchronization

/// A bit for each page frame, read from the file as it is needed, with the number of bits set before each place.
///
/// Shapes: what is kept is a number for each 32768 frames that were passed: 1/8192 of the bitmap.
final class Bitmap: Sendable {
    /// Bytes that one kept number stands for, and that are read at once.
    private static let chunk = 4096

    let frames: UInt64
    private let file: any DumpBytes
    private let offset: UInt64
    private let field: String
    private let kept = Mutex(Kept())

    private struct Kept {
        /// Bits set before each chunk, as far as it was counted.
        var before: [UInt64] = [0]
        /// The chunk read last.
        var index: UInt64?
        var bytes: [UInt8] = []
    }

    /// A bitmap of `frames` bits at `offset`, which the caller has checked to be in the file.
    init(_ file: any DumpBytes, at offset: UInt64, frames: UInt64, _ field: String) {
        self.file = file
        self.offset = offset
        self.frames = frames
        self.field = field
    }

    /// Whether the bit of `frame` is set, and up to which frame all have that value; that end may be too low.
    func run(at frame: UInt64) throws(DumpFailure) -> (isSet: Bool, upTo: UInt64) {
        guard frame < frames else { return (false, .max) }
        return try locked { kept throws(DumpFailure) in
            let index = frame / Self.framesPerChunk
            let bytes = try chunk(index, &kept)
            let base = index * Self.framesPerChunk
            let limit = min(frames, base + UInt64(bytes.count) * 8)
            let isSet = Self.bit(bytes, frame - base)
            let whole: UInt8 = isSet ? 0xff : 0
            var position = frame + 1
            while position < limit {
                let inside = position - base
                if inside % 8 == 0, bytes[Int(inside / 8)] == whole {
                    position += 8
                } else if Self.bit(bytes, inside) == isSet {
                    position += 1
                } else {
                    break
                }
            }
            return (isSet, min(position, limit))
        }
    }

    /// How many bits below that of `frame` are set.
    func rank(of frame: UInt64) throws(DumpFailure) -> UInt64 {
        let frame = min(frame, frames)
        return try locked { kept throws(DumpFailure) in
            let index = frame / Self.framesPerChunk
            while kept.before.count <= Int(clamping: index) {
                let last = UInt64(kept.before.count - 1)
                let count = Self.count(try chunk(last, &kept), Self.framesPerChunk)
                kept.before.append((kept.before.last ?? 0) + count)
            }
            let inside = frame % Self.framesPerChunk
            guard inside > 0 else { return kept.before[Int(index)] }
            return kept.before[Int(index)] + Self.count(try chunk(index, &kept), inside)
        }
    }

    private static let framesPerChunk = UInt64(chunk) * 8

    /// The bytes of a chunk, fewer for the last one; bits past the last frame are cleared.
    private func chunk(_ index: UInt64, _ kept: inout Kept) throws(DumpFailure) -> [UInt8] {
        if kept.index == index { return kept.bytes }
        let base = index * Self.framesPerChunk
        let left = frames - min(frames, base)
        let count = Int(min(UInt64(Self.chunk), (left + 7) / 8))
        var bytes = try file.bytes(at: offset + index * UInt64(Self.chunk), count, field)
        if left < UInt64(count) * 8, count > 0 {
            bytes[count - 1] &= UInt8(truncatingIfNeeded: 1 << (left % 8)) &- 1
        }
        kept.index = index
        kept.bytes = bytes
        return bytes
    }

    private static func bit(_ bytes: [UInt8], _ index: UInt64) -> Bool {
        bytes[Int(index / 8)] & (1 << UInt8(index % 8)) != 0
    }

    private static func count(_ bytes: [UInt8], _ frames: UInt64) -> UInt64 {
        let whole = Int(frames / 8)
        var count = 0
        for byte in bytes.prefix(whole) { count += byte.nonzeroBitCount }
        if frames % 8 > 0, whole < bytes.count {
            count += (bytes[whole] & ((1 << UInt8(frames % 8)) - 1)).nonzeroBitCount
        }
        return UInt64(count)
    }

    private func locked<Result: Sendable>(
        _ body: (inout Kept) throws(DumpFailure) -> Result
    ) throws(DumpFailure) -> Result {
        try kept.withLock { (kept) throws(DumpFailure) in try body(&kept) }
    }
}
