import SystemPackage

/// The memory of a machine as it stands now: which physical address is kept where.
///
/// A value: copying it copies the map, never the bytes. A crash therefore costs a few extents, whatever the size
/// of the machine: what firmware "copies" is mapped a second time and frozen, and the next boot gets fresh
/// stores for the memory it may use.
public struct PhysicalRAM: Sendable {
    public private(set) var map: MemoryMap
    public private(set) var extents: [Extent]

    /// Memory that uses no storage: every address of `map` shows `background`, whose offsets are physical addresses,
    /// or without one reads as zero.
    public init(map: MemoryMap, background: (any MemoryBackground)? = nil) throws(Errno) {
        self.map = map
        let store = try MemoryStore(size: map.end.rawValue, background: background)
        extents = map.ranges.map { Extent(range: $0, store: store, offset: $0.start.rawValue) }
    }

    /// Bytes of host memory behind this RAM, frozen parts included.
    public var allocated: UInt64 {
        var stores: [ObjectIdentifier: MemoryStore] = [:]
        for extent in extents { stores[ObjectIdentifier(extent.store)] = extent.store }
        return stores.values.reduce(0) { $0 + $1.allocated }
    }

    /// The extents that back `window`, clipped to it, in address order.
    public func extents(in window: AddressRange) -> [Extent] {
        extents.compactMap { $0.clipped(to: window) }
    }

    /// Whether any byte of `window` refuses writes.
    public func isFrozen(_ window: AddressRange) -> Bool {
        extents(in: window).contains(where: \.isFrozen)
    }
}

// MARK: Bytes

extension PhysicalRAM {
    /// The bytes of `window`. Throws `.badAddress` where a byte of it is not memory.
    public func read(_ window: AddressRange) throws(Errno) -> [UInt8] {
        guard map.contains(window), let count = Int(exactly: window.count) else { throw .badAddress }
        var bytes = [UInt8](repeating: 0, count: count)
        for part in extents(in: window) {
            let at = Int(part.range.start.rawValue - window.start.rawValue)
            let result = bytes.withUnsafeMutableBytes { buffer -> Errno? in
                let target = UnsafeMutableRawBufferPointer(
                    rebasing: buffer[at..<(at + Int(part.range.count))]
                )
                do throws(Errno) { try part.store.read(at: part.offset, into: target) } catch { return error }
                return nil
            }
            if let result { throw result }
        }
        return bytes
    }

    /// `count` bytes from `address` on. Throws `.badAddress` where one of them is not memory.
    public func read(at address: PhysicalAddress, count: Int) throws(Errno) -> [UInt8] {
        guard count >= 0, let window = AddressRange(start: address, count: UInt64(count)) else {
            throw .badAddress
        }
        return try read(window)
    }

    /// Writes `bytes` at `address`.
    ///
    /// Errors: `.badAddress` where a byte is not memory, `.notPermitted` where a byte is frozen, both with nothing
    /// written; and what the host says when it is out of memory, with some of the bytes written.
    public func write(_ bytes: [UInt8], at address: PhysicalAddress) throws(Errno) {
        guard let window = AddressRange(start: address, count: UInt64(bytes.count)), map.contains(window)
        else {
            throw .badAddress
        }
        let parts = extents(in: window)
        guard !parts.contains(where: \.isFrozen) else { throw .notPermitted }
        for part in parts {
            let at = Int(part.range.start.rawValue - window.start.rawValue)
            let failure = bytes.withUnsafeBytes { buffer -> Errno? in
                let source = UnsafeRawBufferPointer(rebasing: buffer[at..<(at + Int(part.range.count))])
                do throws(Errno) { try part.store.write(at: part.offset, source) } catch { return error }
                return nil
            }
            if let failure { throw failure }
        }
    }

    /// Makes `window` read as zero; addresses that are not memory are passed over.
    public func clear(_ window: AddressRange) {
        for part in extents(in: window) { part.store.discard(at: part.offset, count: part.range.count) }
    }
}

// MARK: Who owns which memory

extension PhysicalRAM {
    /// Refuses writes to `window` from now on.
    public mutating func freeze(_ window: AddressRange) { setFrozen(true, window) }

    /// Allows writes to `window` again.
    public mutating func thaw(_ window: AddressRange) { setFrozen(false, window) }

    /// Gives `window` fresh memory that reads as zero. What was there stays wherever else it is mapped.
    public mutating func renew(_ window: AddressRange) throws(Errno) {
        let parts = map.intersection(window)
        guard let first = parts.first, let last = parts.last else { return }
        let base = first.start.rawValue
        let store = try MemoryStore(size: last.end.rawValue - base)
        replace(
            window,
            with: parts.map { Extent(range: $0, store: store, offset: $0.start.rawValue - base) }
        )
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
        let store = try MemoryStore(size: range.count)
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

    private mutating func setFrozen(_ frozen: Bool, _ window: AddressRange) {
        let parts = extents(in: window).map {
            Extent(range: $0.range, store: $0.store, offset: $0.offset, isFrozen: frozen)
        }
        replace(window, with: parts)
    }

    /// Gives the storage of `displaced` back to the host, except for what is still mapped at some address.
    private func discardUnmapped(_ displaced: [Extent]) {
        for old in displaced {
            var unused = [old.stored]
            for extent in extents where extent.store === old.store {
                unused = unused.flatMap { $0.subtracting(extent.stored) }
            }
            for run in unused { old.store.discard(at: run.start.rawValue, count: run.count) }
        }
    }

    private mutating func replace(_ window: AddressRange, with parts: [Extent]) {
        let kept = extents.flatMap { $0.subtracting(window) }
        extents = (kept + parts).sorted { $0.range.start < $1.range.start }
    }
}
