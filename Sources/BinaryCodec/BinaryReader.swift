/// Reads fields one after the other from a run of bytes and never beyond its end.
///
/// Every read names its field, so that an error says what was missing and where.
public struct BinaryReader: Sendable {
    private let bytes: ArraySlice<UInt8>
    private var index: Int
    public var endianness: Endianness

    public init(_ bytes: some Sequence<UInt8>, _ endianness: Endianness) {
        self.bytes = ArraySlice(Array(bytes))
        self.index = self.bytes.startIndex
        self.endianness = endianness
    }

    /// Bytes consumed so far.
    public var offset: Int { index - bytes.startIndex }

    /// Bytes not yet consumed.
    public var remaining: Int { bytes.endIndex - index }

    /// The next `count` bytes. Errors: `.truncated`, with nothing consumed.
    public mutating func bytes(_ count: Int, _ field: String) throws(BinaryError) -> [UInt8] {
        guard count >= 0, count <= remaining else {
            throw .truncated(field: field, offset: offset, needed: count, available: remaining)
        }
        defer { index += count }
        return Array(bytes[index..<(index + count)])
    }

    /// Passes over `count` bytes. Errors: `.truncated`, with nothing consumed.
    public mutating func skip(_ count: Int, _ field: String) throws(BinaryError) {
        guard count >= 0, count <= remaining else {
            throw .truncated(field: field, offset: offset, needed: count, available: remaining)
        }
        index += count
    }

    /// The next byte; this and the wider ones throw `.truncated`, with nothing consumed.
    public mutating func u8(_ field: String) throws(BinaryError) -> UInt8 { try integer(field) }
    /// The next two bytes as a number.
    public mutating func u16(_ field: String) throws(BinaryError) -> UInt16 { try integer(field) }
    /// The next four bytes as a number.
    public mutating func u32(_ field: String) throws(BinaryError) -> UInt32 { try integer(field) }
    /// The next eight bytes as a number.
    public mutating func u64(_ field: String) throws(BinaryError) -> UInt64 { try integer(field) }

    private mutating func integer<T: FixedWidthInteger & UnsignedInteger>(
        _ field: String
    ) throws(BinaryError) -> T {
        let width = T.bitWidth / 8
        guard width <= remaining else {
            throw .truncated(field: field, offset: offset, needed: width, available: remaining)
        }
        let offset = offset
        let value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: T.self) }
        index += width
        return endianness == .big ? T(bigEndian: value) : T(littleEndian: value)
    }
}
