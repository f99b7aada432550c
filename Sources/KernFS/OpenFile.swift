import Synchronization
import SystemPackage

/// A file that somebody holds open.
final class OpenFile: Sendable {
    struct State {
        /// What the attribute showed when it was last asked.
        var shown: [UInt8]?
        /// A write came after that.
        var isStale = false
        var wasRead = false
        /// Where the last read ended.
        var readEnd: UInt64 = 0
        /// Which edition of a log was read last.
        var edition: UInt64?
        /// How to wake whoever polls, and the log observed for it.
        var wake: (@Sendable () -> Void)?
        var observation: UInt64?
    }

    let inode: Inode
    let mode: OpenMode
    let blob: (any Blob)?
    let state = Mutex(State())

    init(_ inode: Inode, _ mode: OpenMode, _ blob: (any Blob)?) {
        self.inode = inode
        self.mode = mode
        self.blob = blob
    }

    /// Reads an attribute from `offset` on, showing it anew when its conventions say so.
    func readAttribute(
        _ show: Node.Show,
        _ conventions: Conventions,
        at offset: UInt64,
        count: Int
    ) throws(Errno) -> [UInt8] {
        let (kept, expected) = state.withLock { state -> ([UInt8]?, UInt64) in
            let stale = conventions.refresh == .atStartOrAfterWrite && state.isStale
            return (offset == 0 || stale ? nil : state.shown, state.readEnd)
        }
        var bytes: [UInt8]
        if let kept {
            bytes = kept
        } else {
            bytes = try show()
            state.withLock { state in
                state.shown = bytes
                state.isStale = false
                state.wasRead = true
            }
        }
        guard offset < UInt64(bytes.count), count > 0 else { return [] }
        let start = Int(offset)
        if conventions.repeatsTextBehindJump, start > 0, offset != expected { bytes += bytes }
        let end = start + min(count, bytes.count - start)
        state.withLock { $0.readEnd = UInt64(end) }
        return Array(bytes[start..<end])
    }

    /// Reads a log from `offset` on.
    ///
    /// Errors: `.brokenPipe` where lines were dropped from its beginning since the last read, and the offset is of no
    /// use any more; as /dev/kmsg tells a reader that was too slow. A read from 0 goes on with what is left.
    func readLog(_ log: ByteLog, at offset: UInt64, count: Int) throws(Errno) -> [UInt8] {
        let (bytes, edition) = log.read(at: offset, count: count)
        let isLost = state.withLock { state in
            defer { state.edition = edition }
            if offset > 0, let read = state.edition, read != edition { return true }
            state.readEnd = offset + UInt64(bytes.count)
            return false
        }
        if isLost { throw .brokenPipe }
        return bytes
    }

    /// Wakes whoever polls this file, once.
    func wake() {
        let wake = state.withLock { state in
            defer { state.wake = nil }
            return state.wake
        }
        wake?()
    }
}
