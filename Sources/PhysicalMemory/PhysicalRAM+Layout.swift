import SystemPackage

extension PhysicalRAM {
    /// Lets memory lie as `layout` says, now and whenever it is renewed. What is stored is copied over; what is made up when
    /// it is read stays where it is, and its room in the layout is left. Nothing happens to memory that lies so already.
    ///
    /// False where it stays where it is: more than `limit` bytes are stored, or some of it is frozen. Errors: those of
    /// making stores and of writing.
    public mutating func lay(
        out layout: StoreLayout,
        copyingAtMost limit: UInt64
    ) throws(Errno) -> Bool {
        if let fresh, fresh.layout == layout, fresh.isMapped(by: extents) { return true }
        guard !extents.contains(where: \.isFrozen), allocated <= limit else { return false }
        let madeUp = extents.filter { $0.store.background != nil }
        let stored = extents.filter { $0.store.background == nil }
        var new = self
        var fresh = try FreshMemory(layout, of: map)
        new.extents = fresh.take(AddressRange(0, upTo: map.end))
        new.fresh = fresh
        for extent in stored { try new.copy(extent) }
        for extent in madeUp { new.replace(extent.range, with: [extent]) }
        var old: [ObjectIdentifier: MemoryStore] = [:]
        for extent in stored { old[ObjectIdentifier(extent.store)] = extent.store }
        new.displaced += old.values
        self = new
        return true
    }

    /// Memory lies by its addresses again as soon as it is renewed.
    public mutating func layOutByAddress() { fresh = nil }

    private func copy(_ extent: Extent) throws(Errno) {
        let step: UInt64 = 1 << 20
        var position = extent.offset
        let end = extent.offset + extent.range.count
        while position < end, let run = extent.store.data(from: position)?.range, run.lowerBound < end {
            let part = run.lowerBound..<min(run.upperBound, end, run.lowerBound + step)
            var bytes = [UInt8](repeating: 0, count: Int(part.upperBound - part.lowerBound))
            let failure = bytes.withUnsafeMutableBytes { buffer -> Errno? in
                do throws(Errno) { try extent.store.read(at: part.lowerBound, into: buffer) } catch {
                    return error
                }
                return nil
            }
            if let failure { throw failure }
            try write(bytes, at: extent.range.start &+ (part.lowerBound - extent.offset))
            position = part.upperBound
        }
    }
}
