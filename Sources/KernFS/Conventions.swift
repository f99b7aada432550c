import SystemPackage

/// How a file system of the kernel answers where it is not about a file's contents, as data.
///
/// sysfs, debugfs, procfs and their like differ here, and so do their versions.
public struct Conventions: Sendable, Hashable {
    /// What stat(2) says of the size of an attribute.
    public enum Size: Sendable, Hashable {
        case fixed(UInt64)
        /// The length of what it shows.
        case contents
    }

    /// When an attribute is shown anew for an open file.
    public enum Refresh: Sendable, Hashable {
        /// At the first read, at offset 0, and after a write on the same open file (sysfs).
        case atStartOrAfterWrite
        /// At the first read and at offset 0 (seq_file).
        case atStart
    }

    /// What SEEK_DATA and SEEK_HOLE say of an attribute.
    public enum Seeking: Sendable, Hashable {
        /// One run of data up to the size, then a hole.
        case bySize
        case invalid
    }

    public var size = Size.contents
    /// truncate(2) changes what stat(2) says of the size, though nothing else (debugfs).
    public var truncationSticks = false
    /// `st_blksize`.
    public var blockSize: UInt32 = 4096
    /// Opening for a direction whose mode bit nobody has is EACCES even for root.
    public var needsModeBitToOpen = false
    /// O_DIRECT is refused with EINVAL.
    public var refusesDirect = true
    /// A longer write passes only so much on.
    public var maximumWrite = Int.max
    /// Zero bytes are written without calling the store.
    public var ignoresEmptyWrites = true
    /// The answer to a write where there is no store.
    public var writeRefusal = Errno.invalidArgument
    public var refresh = Refresh.atStart
    /// Reading an attribute from the middle, elsewhere than where the last read ended, gives the whole text again behind
    /// the rest of it.
    public var repeatsTextBehindJump = false
    public var seeking = Seeking.invalid
    /// A file that was never read polls as changed (sysfs).
    public var pollsUnreadAsChanged = false
    /// fsync(2); nil succeeds.
    public var sync: Errno?
    public var extendedAttribute = Errno.notSupported
    /// `trusted.*` attributes are kept, for root.
    public var keepsTrustedAttributes = false

    // Directories
    /// A directory is there in every boot, so that its name may be remembered for a moment.
    public var directoriesStay = true
    /// Making a regular file in it.
    public var create = Errno.permissionDenied
    /// Making anything else in it, renaming or linking into it.
    public var newName = Errno.notPermitted
    /// Removing something from it.
    public var remove = Errno.notPermitted

    public init() {}
}
