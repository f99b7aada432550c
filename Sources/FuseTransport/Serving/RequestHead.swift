import CFuse

/// What the loop must know of a request before anybody answers it.
///
/// Source: `struct fuse_in_header` and `struct fuse_read_in` (include/uapi/linux/fuse.h).
struct RequestHead {
    /// The thread that asks; 0 where nobody waits for the answer, as for a release.
    let client: UInt32
    /// Bytes that a read asks for; 0 for everything else.
    let readSize: UInt32

    /// Reads the bytes of a request; nil where they are too few for one.
    init?(_ buffer: fuse_buf) {
        guard buffer.size >= 40, let base = buffer.mem else { return nil }
        client = base.loadUnaligned(fromByteOffset: 32, as: UInt32.self)
        let isRead = base.loadUnaligned(fromByteOffset: 4, as: UInt32.self) == 15
        readSize = isRead && buffer.size >= 60 ? base.loadUnaligned(fromByteOffset: 56, as: UInt32.self) : 0
    }
}

/// Whether requests come from one client or from several.
struct RecentClients {
    private var last: UInt32 = 0
    private var inARow = 0

    /// One client has been alone for as long as a burst of requests takes.
    var isOneAlone: Bool { inARow >= 16 }

    mutating func note(_ client: UInt32) {
        guard client != 0 else { return }
        inARow = client == last ? min(inARow + 1, 16) : 0
        last = client
    }
}
