import CFuse
import Dispatch
import Synchronization

/// Who polls which open file, and the thread that wakes them.
///
/// A notification goes into the kernel, which may need a worker of this very session: it is never sent from a
/// handler.
final class PollHandles: Sendable {
    private let handles = Mutex<[UInt64: UInt]>([:])
    private let queue = DispatchQueue(label: "fadumpfs.notifications")

    /// Keeps the handle of an open file in place of an earlier one.
    func keep(_ handle: OpaquePointer, for file: UInt64) {
        let old = handles.withLock { $0.updateValue(UInt(bitPattern: handle), forKey: file) }
        destroy(old)
    }

    func wake(_ file: UInt64) {
        queue.async { [self] in
            guard let handle = handles.withLock({ $0.removeValue(forKey: file) }) else { return }
            fuse_lowlevel_notify_poll(OpaquePointer(bitPattern: handle))
            destroy(handle)
        }
    }

    func forget(_ file: UInt64) {
        destroy(handles.withLock { $0.removeValue(forKey: file) })
    }

    private func destroy(_ handle: UInt?) {
        guard let handle else { return }
        fuse_pollhandle_destroy(OpaquePointer(bitPattern: handle))
    }
}
