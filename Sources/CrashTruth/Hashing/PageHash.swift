/// What stands for the bytes of a page: 128 bits of BLAKE2b.
///
/// Two pages with the same hash have the same bytes: nobody can make two that differ, let alone meet them by chance.
public struct PageHash: Hashable, Sendable {
    public static let byteCount = 16

    /// The 16 bytes of the digest as two little-endian numbers, the first eight bytes first.
    public var words: (first: UInt64, second: UInt64) { (first, second) }
    private let first: UInt64
    private let second: UInt64

    public init(first: UInt64, second: UInt64) {
        self.first = first
        self.second = second
    }

    /// Hashes all of `bytes`.
    public init(of bytes: UnsafeRawBufferPointer) {
        var state = BLAKE2b(digestSize: Self.byteCount)
        state.hash(bytes)
        self.init(first: state.h.0, second: state.h.1)
    }

    /// Hashes `count` zeros.
    public init(ofZeros count: Int) {
        let zeros = [UInt8](repeating: 0, count: max(0, count))
        self = zeros.withUnsafeBytes { PageHash(of: $0) }
    }
}
