/// Writes fields one after the other into a growing run of bytes.
public struct BinaryWriter: Sendable {
    public private(set) var bytes: [UInt8] = []
    public var endianness: Endianness

    public init(_ endianness: Endianness, reservingCapacity capacity: Int = 0) {
        self.endianness = endianness
        bytes.reserveCapacity(capacity)
    }

    /// Bytes written so far.
    public var count: Int { bytes.count }

    /// Appends a number of up to eight bytes in the writer's byte order.
    @inlinable
    public mutating func put(_ value: some FixedWidthInteger & UnsignedInteger) {
        append(UInt64(truncatingIfNeeded: value), width: value.bitWidth / 8)
    }

    /// One function for all widths: a generic one would go through the number's witnesses for every byte.
    @usableFromInline
    mutating func append(_ value: UInt64, width: Int) {
        let ordered = endianness == .big ? (value << UInt64(64 - 8 * width)).bigEndian : value.littleEndian
        withUnsafeBytes(of: ordered) {
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[..<width]))
        }
    }

    /// Appends bytes as they are.
    public mutating func put(_ more: some Sequence<UInt8>) {
        bytes.append(contentsOf: more)
    }

    /// Appends `count` zero bytes.
    public mutating func pad(_ count: Int) {
        bytes.append(contentsOf: repeatElement(0, count: max(0, count)))
    }

    /// Appends zero bytes until the length is a multiple of `alignment`.
    public mutating func pad(toMultipleOf alignment: Int) {
        guard alignment > 1 else { return }
        let excess = bytes.count % alignment
        if excess != 0 { pad(alignment - excess) }
    }
}
