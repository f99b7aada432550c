import CFuse
import KernFS

/// What the kernel remembers of a mounted tree.
///
/// Source: `fuse_reverse_inval_inode` (fs/fuse/inode.c): what is answered meanwhile to a request that was made before
/// is not remembered.
struct KernelCache: TreeCache, @unchecked Sendable {
    // Unchecked: libfuse locks the state of its session, which is kept for ever.
    private let session: OpaquePointer

    init(_ session: OpaquePointer) { self.session = session }

    /// Takes what was read of a file from those who mapped it, those who read it directly included: they fault, and it is
    /// read anew.
    ///
    /// This waits for pages that are just being read, so that other threads must be free to serve: one at a time calls it.
    func forgetPages(of number: UInt64) { _ = fuse_lowlevel_notify_inval_inode(session, number, 0, 0) }

    /// Waits for nobody: a negative offset means no page, and no lock of a directory is taken, as forgetting names would.
    func forgetAttributes(of number: UInt64) { _ = fuse_lowlevel_notify_inval_inode(session, number, -1, 0) }

    /// Waits for lookups in the directory, which other threads answer: a handler may call this, too.
    func forgetName(_ name: String, in directory: UInt64) {
        _ = fuse_lowlevel_notify_inval_entry(session, directory, name, name.utf8.count)
    }
}
