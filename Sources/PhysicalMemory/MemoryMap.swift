/// Which physical addresses are memory: ranges in ascending order that do not overlap.
///
/// Two ranges that touch stay two ranges, as memory nodes do: the number of ranges decides sizes in the kernel
/// (one ELF program header for each), so it is never changed silently.
public struct MemoryMap: Hashable, Sendable {
    public private(set) var ranges: [AddressRange]

    /// Why a map cannot be as asked.
    public enum Failure: Error, Hashable, Sendable {
        case overlap(AddressRange, AddressRange)
        case notPresent(AddressRange)
    }

    /// Empty ranges are left out; the order of `ranges` does not matter.
    public init(_ ranges: [AddressRange]) throws(Failure) {
        let sorted = ranges.filter { !$0.isEmpty }.sorted { $0.start < $1.start }
        for (a, b) in zip(sorted, sorted.dropFirst()) where a.overlaps(b) { throw .overlap(a, b) }
        self.ranges = sorted
    }

    /// One range from 0 to `size`.
    public init(size: UInt64) {
        ranges = [AddressRange(0, upTo: PhysicalAddress(size))].filter { !$0.isEmpty }
    }

    /// Bytes of memory.
    public var total: UInt64 { ranges.reduce(0) { $0 + $1.count } }

    /// The first address above all memory.
    public var end: PhysicalAddress { ranges.last?.end ?? 0 }

    /// Whether every address of `range` is memory, neighbouring ranges taken together.
    public func contains(_ range: AddressRange) -> Bool {
        let found = ranges[ranges.indices(overlapping: range)]
        return found.reduce(0) { $0 + $1.intersection(range).count } == range.count
    }

    /// Adds memory as a range of its own. Errors: `.overlap`.
    public mutating func add(_ range: AddressRange) throws(Failure) {
        try self = MemoryMap(ranges + [range])
    }

    /// Takes memory away, cutting ranges. Errors: `.notPresent`.
    public mutating func remove(_ range: AddressRange) throws(Failure) {
        guard contains(range) else { throw .notPresent(range) }
        ranges = ranges.flatMap { $0.subtracting(range) }
    }

    /// The memory below `limit`.
    public func limited(to limit: PhysicalAddress) -> MemoryMap {
        var copy = self
        copy.ranges = ranges.map { $0.intersection(AddressRange(0, upTo: limit)) }.filter { !$0.isEmpty }
        return copy
    }

    /// The memory that lies in `range`.
    public func intersection(_ range: AddressRange) -> [AddressRange] {
        ranges[ranges.indices(overlapping: range)].map { $0.intersection(range) }
    }
}
