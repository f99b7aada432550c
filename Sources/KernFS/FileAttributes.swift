/// What stat(2) says of a file.
public struct FileAttributes: Sendable, Hashable {
    /// What sort of file it is.
    public enum Kind: Sendable, Hashable {
        case directory
        case regular
        case link
    }

    public var number: UInt64
    public var kind: Kind
    /// Permission bits.
    public var mode: UInt16
    public var uid: UInt32
    public var gid: UInt32
    public var linkCount: UInt32
    public var size: UInt64
    public var blockSize: UInt32
    /// Seconds since 1970.
    public var time: Int64
    /// Name and attributes stay until the end of the boot, unless somebody asks for a change; those of everything else
    /// change at any time. Whoever remembers them is told when they end: `FileSystem.isCached(by:)`.
    public var mayBeRemembered: Bool
}

/// What chmod(2), chown(2), truncate(2) and utimensat(2) ask for. Times are taken and forgotten.
public struct AttributeChanges: Sendable, Hashable {
    public var mode: UInt16?
    public var uid: UInt32?
    public var gid: UInt32?
    public var size: UInt64?

    public init(mode: UInt16? = nil, uid: UInt32? = nil, gid: UInt32? = nil, size: UInt64? = nil) {
        self.mode = mode
        self.uid = uid
        self.gid = gid
        self.size = size
    }
}
