import SystemPackage

/// What a memory store shows where nothing was written to it: contents that take no storage.
///
/// Copy on write: a page that is written, even in part, is taken out of the background and stored; a page that is
/// discarded reads as zero from then on. Shapes: offsets are those of the store, in bytes; calls may begin and end
/// anywhere. Called by many threads at once, while no lock of a machine is held by readers: an implementation is
/// immutable, or guards itself.
public protocol MemoryBackground: Sendable {
    /// Fills all of `buffer` with the bytes from `offset` on, zeros included.
    ///
    /// Errors: `.ioError` and others where the contents come from a file that cannot be read.
    func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(Errno)

    /// The next run at or after `offset` that may hold anything but zeros, without what lies before `offset`; nil
    /// where none follows. Never an empty run.
    func data(from offset: UInt64) -> Range<UInt64>?

    /// Whether the contents follow from what is known of the machine, so that somebody else can make them up again:
    /// offsets are physical addresses then. Others can only be read.
    var canBeMadeAnew: Bool { get }
}

extension MemoryBackground {
    public var canBeMadeAnew: Bool { false }
}
