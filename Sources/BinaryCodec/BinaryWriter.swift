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

    /// Appends a number in the writer's byte order.
    public mutating func put(_ value: some FixedWidthInteger & UnsignedInteger) {
        let width = value.bitWidth / 8
        for step in 0..<width {
            let shift = 8 * (endianness == .big ? width - 1 - step : step)
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
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
