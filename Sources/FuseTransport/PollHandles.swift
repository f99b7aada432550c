import CFuse
import Synchronization

/// Who polls which open file.
///
/// Whoever knows of a change tells the kernel by itself, from a handler as well: of all notifications this one waits for
/// nothing, it wakes those who poll and is done (fuse_notify_poll_wakeup in fs/fuse/file.c of Linux, under a spin lock).
final class PollHandles: Sendable {
    private let handles = Mutex<[UInt64: UInt]>([:])

    /// Keeps the handle of an open file in place of an earlier one.
    func keep(_ handle: OpaquePointer, for file: UInt64) {
        let old = handles.withLock { $0.updateValue(UInt(bitPattern: handle), forKey: file) }
        destroy(old)
    }

    func wake(_ file: UInt64) {
        guard let handle = handles.withLock({ $0.removeValue(forKey: file) }) else { return }
        fuse_lowlevel_notify_poll(OpaquePointer(bitPattern: handle))
        destroy(handle)
    }

    func forget(_ file: UInt64) {
        destroy(handles.withLock { $0.removeValue(forKey: file) })
    }

    private func destroy(_ handle: UInt?) {
        guard let handle else { return }
        fuse_pollhandle_destroy(OpaquePointer(bitPattern: handle))
    }
}
