import SystemPackage

extension PhysicalRAM {
    /// Refuses writes to `window` from now on.
    public mutating func freeze(_ window: AddressRange) { setFrozen(true, window) }

    /// Allows writes to `window` again, but where its store refuses them for good.
    public mutating func thaw(_ window: AddressRange) { setFrozen(false, window) }

    /// Gives `window` fresh memory: zeros, or what the machine's memory shows by itself. What was there stays wherever else it is mapped.
    public mutating func renew(_ window: AddressRange) throws(Errno) {
        replace(window, with: try freshMemory(for: window))
    }

    /// Where memory is laid out, fresh memory is, too: what is taken out of it once makes one store again.
    private mutating func freshMemory(for window: AddressRange) throws(Errno) -> [Extent] {
        var parts: [Extent] = []
        if var fresh {
            if fresh.hasGiven(window) { fresh = try fresh.anew(map) }
            parts = fresh.take(window)
            self.fresh = fresh
        }
        // Memory that was added since, or all of it, where there is no layout.
        let missing = map.intersection(window).subtracting(parts.map(\.range))
        guard let first = missing.first, let last = missing.last else { return parts }
        let base = first.start.rawValue
        let store = try freshStore(from: base, size: last.end.rawValue - base)
        parts += missing.map { Extent(range: $0, store: store, offset: $0.start.rawValue - base) }
        return parts.sorted { $0.range.start < $1.range.start }
    }

    /// Makes ordinary memory of what is frozen: it reads as zero and can be written. Nothing of what was there can be read
    /// any more once `forgetDisplaced` was called.
    ///
    /// Where the host has no memory for new stores, their bytes are cleared in place.
    public mutating func reclaimFrozen() {
        for window in frozenWindows {
            guard isReplaced(window), let parts = try? freshMemory(for: window) else {
                clear(window)
                setFrozen(false, window)
                continue
            }
            let old = extents(in: window)
            replace(window, with: parts)
            forget(old)
        }
    }

    /// The frozen memory as few runs: what lies between two of them is memory that is not frozen.
    private var frozenWindows: [AddressRange] {
        var windows: [AddressRange] = []
        var goesOn = false
        for extent in extents {
            defer { goesOn = extent.isFrozen }
            guard extent.isFrozen else { continue }
            if goesOn, let last = windows.last {
                windows[windows.count - 1] = AddressRange(last.start, upTo: extent.range.end)
            } else {
                windows.append(extent.range)
            }
        }
        return windows
    }

    /// Whether clearing in place would not do: memory is laid out, or refuses all writes.
    private func isReplaced(_ window: AddressRange) -> Bool {
        fresh != nil || extents(in: window).contains { $0.store.isSealed }
    }

    /// Gives back what `old` alone took.
    private mutating func forget(_ old: [Extent]) {
        let mapped = Set(extents.map { ObjectIdentifier($0.store) })
        var seen: Set<ObjectIdentifier> = []
        for extent in old where !mapped.contains(ObjectIdentifier(extent.store)) {
            if seen.insert(ObjectIdentifier(extent.store)).inserted { displaced.append(extent.store) }
        }
        discardUnmapped(old.filter { mapped.contains(ObjectIdentifier($0.store)) })
    }

    /// Lets the bytes go that no address shows any more, also for readers who still hold them.
    public mutating func forgetDisplaced() {
        for store in displaced { store.retire() }
        displaced = []
    }

    /// The same for all memory: power is cut.
    public mutating func forgetAll() {
        for (_, store) in stores { store.retire() }
        forgetDisplaced()
    }

    /// Lets `window` show all of `store`, which is as large, until it is renewed or given away; what was there is gone
    /// unless it is mapped elsewhere too.
    ///
    /// Errors: `.badAddress` where some of it is no memory, `.notPermitted` where some is frozen.
    public mutating func map(_ window: AddressRange, to store: MemoryStore) throws(Errno) {
        guard map.contains(window), window.count <= store.size else { throw .badAddress }
        let displaced = extents(in: window)
        guard !displaced.contains(where: \.isFrozen) else { throw .notPermitted }
        let parts = map.intersection(window).map { part in
            Extent(range: part, store: store, offset: part.start.rawValue - window.start.rawValue)
        }
        replace(window, with: parts)
        discardUnmapped(displaced)
    }

    /// Lets the memory at `destination` show the bytes now at `source` (of the same length) without copying
    /// them; what was at `destination` is gone. Both addresses then show the same storage, so the caller freezes or
    /// renews one of them. The ranges may overlap: `destination` then shows all of what was at `source`.
    ///
    /// Errors: `.badAddress` where either range is not memory.
    public mutating func alias(_ source: AddressRange, at destination: PhysicalAddress) throws(Errno) {
        guard let target = AddressRange(start: destination, count: source.count),
            map.contains(source), map.contains(target)
        else { throw .badAddress }
        let moved = extents(in: source).compactMap { part -> Extent? in
            let distance = part.range.start.rawValue - source.start.rawValue
            guard let range = AddressRange(start: destination &+ distance, count: part.range.count) else {
                return nil
            }
            return Extent(range: range, store: part.store, offset: part.offset)
        }
        let displaced = extents(in: target)
        replace(target, with: moved)
        discardUnmapped(displaced)
    }

    /// Adds cleared memory. Errors: `.fileExists` where some of it is memory already.
    public mutating func add(_ range: AddressRange) throws(Errno) {
        var larger = map
        do { try larger.add(range) } catch { throw .fileExists }
        let store = try freshStore(from: range.start.rawValue, size: range.count)
        map = larger
        replace(range, with: [Extent(range: range, store: store, offset: 0)])
    }

    /// Takes memory away, with its contents. Errors: `.noSuchAddressOrDevice` where some of it is not memory.
    public mutating func remove(_ range: AddressRange) throws(Errno) {
        do { try map.remove(range) } catch { throw .noSuchAddressOrDevice }
        let displaced = extents(in: range)
        replace(range, with: [])
        discardUnmapped(displaced)
    }

    private func freshStore(from base: UInt64, size: UInt64) throws(Errno) -> MemoryStore {
        try MemoryStore(size: size, background: renewed.map { ShiftedBackground(background: $0, base: base) })
    }

    private mutating func setFrozen(_ frozen: Bool, _ window: AddressRange) {
        // All of memory, as a rule: no need to cut it.
        if window.start <= (extents.first?.range.start ?? 0), window.end >= (extents.last?.range.end ?? 0) {
            for index in extents.indices { extents[index].isFrozen = frozen || extents[index].store.isSealed }
            return
        }
        let parts = extents(in: window).map {
            Extent(
                range: $0.range,
                store: $0.store,
                offset: $0.offset,
                isFrozen: frozen || $0.store.isSealed
            )
        }
        replace(window, with: parts)
    }

    /// Gives the storage of `displaced` back to the host, except for what is still mapped at some address.
    private func discardUnmapped(_ displaced: [Extent]) {
        var mapped: [ObjectIdentifier: [AddressRange]] = [:]
        for old in displaced { mapped[ObjectIdentifier(old.store)] = [] }
        for extent in extents { mapped[ObjectIdentifier(extent.store)]?.append(extent.stored) }
        mapped = mapped.mapValues { AddressRange.joined($0) }
        for old in displaced {
            for run in [old.stored].subtracting(mapped[ObjectIdentifier(old.store)] ?? []) {
                old.store.discard(at: run.start.rawValue, count: run.count)
            }
        }
    }

    /// `parts` are in ascending order and lie in `window`.
    mutating func replace(_ window: AddressRange, with parts: [Extent]) {
        let found = extents.indices(overlapping: window)
        let edges = extents[found].first.map { [$0] + extents[found].dropFirst().suffix(1) } ?? []
        let kept = edges.flatMap { $0.subtracting(window) }
        let below = kept.filter { $0.range.start < window.start }
        let above = kept.filter { $0.range.start >= window.end }
        extents.replaceSubrange(found, with: below + parts + above)
    }
}
