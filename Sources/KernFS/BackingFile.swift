import SystemPackage

/// A file of the host with the same bytes as a blob at the same offsets, for a transport that can let the kernel read
/// it without asking anybody.
public protocol BackingFile: Sendable {
    /// The same object for all that stand for the same file, for as long as it is not over.
    var identity: AnyObject { get }

    /// Open until this is over. Nothing can be written through it any more. Who asks first may wait until the file is made.
    /// Nil where it cannot be made, or is over.
    var descriptor: FileDescriptor? { get }

    /// The transport cannot use it; told before the first open is answered, with the reason for people.
    func refuse(_ reason: String)

    /// Calls `body` when no more may be opened onto it; at once where that is so already.
    func whenOver(_ body: @escaping @Sendable () -> Void)
}

extension Blob {
    /// Most are read through the transport only.
    public var backing: (any BackingFile)? { nil }
}

extension FileSystem {
    /// What the kernel may read in place of an open file; nil where all reads come here.
    public func backing(ofOpen number: UInt64) -> (any BackingFile)? {
        (try? file(number))?.blob?.backing
    }
}
