import SystemPackage

/// Where fresh memory comes from while memory is laid out: a store of the layout's order for its parts, and a second one
/// for all other memory, packed.
///
/// Each address is handed out once. Who needs it again begins anew, with two other stores, and what was handed out before
/// stays where it is mapped.
struct FreshMemory: Sendable {
    struct Place: Sendable, RangeHolder {
        var range: AddressRange
        var offset: UInt64
        var isLaidOut: Bool
    }

    let layout: StoreLayout
    /// In ascending order; all memory that there was when this was made.
    private let places: [Place]
    /// The store that is laid out.
    let store: MemoryStore
    private let rest: MemoryStore
    private var taken: [AddressRange] = []

    init(_ layout: StoreLayout, of map: MemoryMap) throws(Errno) {
        self.layout = layout
        var places = layout.parts.map { Place(range: $0.range, offset: $0.offset, isLaidOut: true) }
        var packed: UInt64 = 0
        for range in map.ranges.subtracting(layout.parts.map(\.range)) {
            places.append(Place(range: range, offset: packed, isLaidOut: false))
            packed += range.count
        }
        self.places = places.sorted { $0.range.start < $1.range.start }
        store = try MemoryStore(size: layout.size)
        rest = try MemoryStore(size: packed)
    }

    /// The same layout with nothing handed out.
    func anew(_ map: MemoryMap) throws(Errno) -> FreshMemory { try FreshMemory(layout, of: map) }

    /// Whether some of `window` was handed out.
    func hasGiven(_ window: AddressRange) -> Bool { taken.contains { $0.overlaps(window) } }

    /// Fresh memory for what it knows of `window`.
    mutating func take(_ window: AddressRange) -> [Extent] {
        taken.append(window)
        return places[places.index(of: window)...].prefix { $0.range.start < window.end }
            .compactMap { place in
                let store = place.isLaidOut ? store : rest
                return Extent(range: place.range, store: store, offset: place.offset).clipped(to: window)
            }
    }

    /// Whether `extents` are what this hands out for the layout's parts, all of it.
    func isMapped(by extents: [Extent]) -> Bool {
        var parts = layout.parts[...]
        for extent in extents where extent.store === store {
            var part = extent.range
            while let first = parts.first, first.range.start < part.end {
                guard first.range.start <= part.start, first.range.end > part.start else { return false }
                let distance = part.start.rawValue - first.range.start.rawValue
                let skipped = part.start.rawValue - extent.range.start.rawValue
                guard first.offset + distance == extent.offset + skipped else { return false }
                guard first.range.end <= part.end else { break }
                part = AddressRange(first.range.end, upTo: part.end)
                parts = parts.dropFirst()
            }
        }
        return parts.isEmpty
    }
}
