import CFuse

/// What the loop must know of a request before anybody answers it.
///
/// Source: `struct fuse_in_header` and `struct fuse_read_in` (include/uapi/linux/fuse.h).
struct RequestHead {
    /// The thread that asks; 0 where nobody waits for the answer, as for a release.
    let client: UInt32
    /// Bytes that a read asks for; 0 for everything else.
    let readSize: UInt32
    private let kind: UInt32

    private static let lookup: UInt32 = 1
    private static let getAttributes: UInt32 = 3
    private static let open: UInt32 = 14
    private static let read: UInt32 = 15
    private static let release: UInt32 = 18

    /// Reads the bytes of a request; nil where they are too few for one.
    init?(_ buffer: fuse_buf) {
        guard buffer.size >= 40, let base = buffer.mem else { return nil }
        client = base.loadUnaligned(fromByteOffset: 32, as: UInt32.self)
        kind = base.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
        let isRead = kind == Self.read && buffer.size >= 60
        readSize = isRead ? base.loadUnaligned(fromByteOffset: 56, as: UInt32.self) : 0
    }

    var isOpen: Bool { kind == Self.open }

    /// It is mostly answered in no time: no write, which may well end a boot, and no read of more than `bytes`.
    func isShort(upTo bytes: UInt32) -> Bool {
        switch kind {
        case Self.lookup, Self.getAttributes, Self.open, Self.release: true
        case Self.read: readSize <= bytes
        default: false
        }
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
