/// Where in a store memory lies, when that is not where its addresses say: so that a file of the store shows memory in
/// another order.
///
/// Byte-granular, as extents are. Memory that no part names lies elsewhere.
public struct StoreLayout: Hashable, Sendable {
    /// A run of memory and where it begins in the store.
    public struct Part: Hashable, Sendable {
        public var range: AddressRange
        public var offset: UInt64

        public init(range: AddressRange, offset: UInt64) {
            self.range = range
            self.offset = offset
        }
    }

    /// In ascending order of addresses; none is empty, no two share an address.
    public let parts: [Part]
    /// Bytes of the store.
    public let size: UInt64

    /// Of `parts` only what is memory in `map` counts. Nil where a byte would have to lie in two places, or behind the end.
    public init?(_ parts: [Part], of map: MemoryMap, size: UInt64) {
        var known: [Part] = []
        for part in parts {
            guard part.offset <= size, part.range.count <= size - part.offset else { return nil }
            for range in map.intersection(part.range) {
                let distance = range.start.rawValue - part.range.start.rawValue
                known.append(Part(range: range, offset: part.offset + distance))
            }
        }
        known.sort { $0.range.start < $1.range.start }
        for (lower, upper) in zip(known, known.dropFirst()) where upper.range.start < lower.range.end {
            return nil
        }
        self.parts = known
        self.size = size
    }
}
