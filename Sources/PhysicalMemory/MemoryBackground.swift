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

    /// Where the byte at an offset is among contents that whoever knows the machine can make up again, zeros included;
    /// nil where they can only be read. It is so for all of a background or for nothing, and next to each other there
    /// as here.
    func origin(of offset: UInt64) -> MadeUpOrigin?
}

extension MemoryBackground {
    public func origin(of offset: UInt64) -> MadeUpOrigin? { nil }
}

/// A place in made-up memory, independent of where a machine shows it.
public struct MadeUpOrigin: Sendable, Hashable {
    /// What makes it up.
    public enum Maker: UInt32, Sendable, Hashable, CaseIterable {
        /// The contents that memory is filled with at power-on; the offset is a physical address.
        case fill = 0
        /// The page array of the kernel that runs; the offset is that in the array.
        case pageArray = 1
    }

    public var maker: Maker
    public var offset: UInt64

    public init(_ maker: Maker, _ offset: UInt64) {
        self.maker = maker
        self.offset = offset
    }
}
