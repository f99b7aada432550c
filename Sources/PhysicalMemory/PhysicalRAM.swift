import SystemPackage

/// The memory of a machine as it stands now: which physical address is kept where.
///
/// A value: copying it copies the map, never the bytes. A crash therefore costs a few extents, whatever the size
/// of the machine: what firmware "copies" is mapped a second time and frozen, and the next boot gets fresh
/// stores for the memory it may use.
public struct PhysicalRAM: Sendable {
    public internal(set) var map: MemoryMap
    /// In ascending order of addresses.
    public internal(set) var extents: [Extent]
    /// Where fresh memory comes from while memory is laid out.
    var fresh: FreshMemory?
    /// Stores that nothing is mapped to any more; readers may still hold images of them.
    var displaced: [MemoryStore] = []
    /// What fresh memory shows instead of zeros, by physical addresses.
    let renewed: (any MemoryBackground)?

    /// Memory that uses no storage: every address of `map` shows `background`, whose offsets are physical addresses,
    /// or without one reads as zero. `renewed` is what memory shows that is renewed or added later, likewise.
    public init(
        map: MemoryMap,
        background: (any MemoryBackground)? = nil,
        renewed: (any MemoryBackground)? = nil
    ) throws(Errno) {
        self.map = map
        self.renewed = renewed
        let store = try MemoryStore(size: map.end.rawValue, background: background)
        extents = map.ranges.map { Extent(range: $0, store: store, offset: $0.start.rawValue) }
    }

    /// Bytes of host memory behind this RAM, frozen parts included.
    public var allocated: UInt64 {
        stores.values.reduce(0) { $0 + $1.allocated }
    }

    var stores: [ObjectIdentifier: MemoryStore] {
        var stores: [ObjectIdentifier: MemoryStore] = [:]
        for extent in extents { stores[ObjectIdentifier(extent.store)] = extent.store }
        return stores
    }

    /// The extents that back `window`, clipped to it, in address order.
    public func extents(in window: AddressRange) -> [Extent] {
        extents[extents.indices(overlapping: window)].compactMap { $0.clipped(to: window) }
    }

    /// Whether any byte of `window` refuses writes.
    public func isFrozen(_ window: AddressRange) -> Bool {
        extents[extents.indices(overlapping: window)].contains(where: \.isFrozen)
    }
}
