extension PhysicalRAM {
    /// The first address from `address` on that may hold anything but zeros; nil past the last.
    public func nextData(from address: PhysicalAddress) -> PhysicalAddress? {
        let rest = AddressRange(address, upTo: map.end)
        for extent in extents[extents.indices(overlapping: rest)] {
            guard let part = extent.clipped(to: rest) else { continue }
            let stored = part.offset..<part.stored.end.rawValue
            if let data = part.store.firstData(in: stored) { return part.range.start &+ (data - part.offset) }
        }
        return nil
    }

    /// The first address from `address` on that nothing was written to or that is no memory; the end of memory counts
    /// as one. Nil from there on.
    public func nextHole(from address: PhysicalAddress) -> PhysicalAddress? {
        guard address < map.end else { return nil }
        let rest = AddressRange(address, upTo: map.end)
        var position = address
        for extent in extents[extents.indices(overlapping: rest)] {
            guard extent.range.start <= position, let part = extent.clipped(to: rest) else { break }
            let stored = part.offset..<part.stored.end.rawValue
            if let hole = part.store.firstHole(in: stored) { return part.range.start &+ (hole - part.offset) }
            position = part.range.end
        }
        return position
    }
}
