import SystemPackage

/// The contents of a large file, as one open file has them.
public protocol Blob: AnyObject, Sendable {
    var size: UInt64 { get }

    /// A file of the host with the same bytes, where there is one.
    var backing: (any BackingFile)? { get }

    /// Hands the bytes from `offset` on to `body` as pieces in order, shortened at the end of the file. The pieces
    /// are valid during the call only.
    func read(at offset: UInt64, count: Int, _ body: ([UnsafeRawBufferPointer]) -> Void) throws(Errno)

    /// Writes and returns how much was taken.
    func write(at offset: UInt64, _ bytes: [UInt8]) throws(Errno) -> Int

    /// The next offset with data; ENXIO where none follows.
    func seekData(from offset: UInt64) throws(Errno) -> UInt64

    /// The next hole, the end of the file counting as one; ENXIO behind the end.
    func seekHole(from offset: UInt64) throws(Errno) -> UInt64
}
