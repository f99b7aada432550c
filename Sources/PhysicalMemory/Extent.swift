/// A range of physical memory and the place where its bytes are kept.
///
/// Byte-granular: `range` may start anywhere, and so may its bytes in the store. The register save area of the
/// design document's example starts its neighbour at 0x6fff0020.
public struct Extent: Sendable {
    public let range: AddressRange
    public let store: MemoryStore
    /// Where in `store` the byte at `range.start` lies.
    public let offset: UInt64
    /// Frozen memory refuses writes: it holds a dump.
    public var isFrozen: Bool

    public init(range: AddressRange, store: MemoryStore, offset: UInt64, isFrozen: Bool = false) {
        self.range = range
        self.store = store
        self.offset = offset
        self.isFrozen = isFrozen
    }

    /// Where its bytes lie in the store, offsets taken as addresses.
    var stored: AddressRange {
        AddressRange(PhysicalAddress(offset), upTo: PhysicalAddress(offset &+ range.count))
    }

    /// The part of this extent that lies in `window`, or nil where they do not meet.
    func clipped(to window: AddressRange) -> Extent? {
        let part = range.intersection(window)
        guard !part.isEmpty else { return nil }
        let skipped = part.start.rawValue - range.start.rawValue
        return Extent(range: part, store: store, offset: offset + skipped, isFrozen: isFrozen)
    }

    /// What is left of this extent without `hole`.
    func subtracting(_ hole: AddressRange) -> [Extent] {
        range.subtracting(hole).compactMap { clipped(to: $0) }
    }
}
