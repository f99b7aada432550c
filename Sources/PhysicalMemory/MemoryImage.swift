import SystemPackage

/// A run of bytes put together from literal bytes, pieces of memory stores and holes, read like a file.
///
/// Immutable: a reader of /proc/vmcore holds one and takes no lock. Reading does not allocate: pieces of stores
/// are handed out in place where there is data, and holes come from one shared page of zeros.
public struct MemoryImage: Sendable {
    enum Content: Sendable {
        case bytes(LiteralBytes)
        case store(MemoryStore, offset: UInt64)
        case hole
    }

    struct Segment: Sendable {
        let start: UInt64
        let count: UInt64
        let content: Content
        var end: UInt64 { start + count }
    }

    private(set) var segments: [Segment] = []

    /// Bytes from the first to the last.
    public private(set) var size: UInt64 = 0

    public init() {}

    /// All of `ram` with physical addresses as offsets; what is not memory reads as a hole.
    public init(_ ram: PhysicalRAM) {
        for extent in ram.extents {
            append(hole: extent.range.start.rawValue - size)
            append(extent)
        }
    }

    /// Appends literal bytes.
    public mutating func append(_ bytes: [UInt8]) { append(.bytes(LiteralBytes(bytes)), UInt64(bytes.count)) }

    /// Appends `count` zeros that take no storage.
    public mutating func append(hole count: UInt64) { append(.hole, count) }

    /// Appends the bytes of an extent as they lie in its store.
    public mutating func append(_ extent: Extent) {
        append(.store(extent.store, offset: extent.offset), extent.range.count)
    }

    /// Appends the memory of `window` as it lies in `ram`; what is not memory there reads as a hole.
    public mutating func append(_ window: AddressRange, of ram: PhysicalRAM) {
        var position = window.start
        for extent in ram.extents(in: window) {
            append(hole: extent.range.start.rawValue - position.rawValue)
            append(extent)
            position = extent.range.end
        }
        append(hole: window.end.rawValue - position.rawValue)
    }

    private mutating func append(_ content: Content, _ count: UInt64) {
        guard count > 0 else { return }
        // What goes on where the last run of a store ended is one run with it.
        if case .store(let store, let offset) = content, let last = segments.last,
            case .store(let before, let base) = last.content, before === store, base + last.count == offset
        {
            segments[segments.count - 1] = Segment(
                start: last.start,
                count: last.count + count,
                content: last.content
            )
        } else {
            segments.append(Segment(start: size, count: count, content: content))
        }
        size += count
    }

    /// The index of the segment that holds `offset`, which lies below `size`.
    func segmentIndex(at offset: UInt64) -> Int {
        var low = 0
        var high = segments.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if segments[middle].start <= offset { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
