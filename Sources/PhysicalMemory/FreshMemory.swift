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

    /// Whether `extents` are what this hands out for the layout's parts, but for memory that is made up when it is read: the
    /// room of that is left.
    func isMapped(by extents: [Extent]) -> Bool {
        layout.parts.allSatisfy { part in
            var position = part.range.start
            for extent in extents[extents.indices(overlapping: part.range)] {
                guard let shown = extent.clipped(to: part.range), shown.range.start == position else {
                    return false
                }
                let offset = part.offset + (position.rawValue - part.range.start.rawValue)
                guard shown.store.background != nil || (shown.store === store && shown.offset == offset)
                else {
                    return false
                }
                position = shown.range.end
            }
            return position == part.range.end
        }
    }
}
