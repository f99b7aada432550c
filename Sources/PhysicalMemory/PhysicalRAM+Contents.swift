/// A run of memory that may hold anything but zeros, and where its bytes come from.
///
/// One that can be made up again has its zeros in it: a run each would be too many for a large machine's truth.
public struct MemoryContents: Sendable {
    /// Where it is, and where its bytes lie in their store.
    public let extent: Extent
    /// Not stored: the background of the store shows it.
    public let isGenerated: Bool

    /// Where somebody who knows the machine can make up the first byte without reading it, and the others behind it.
    public var origin: MadeUpOrigin? {
        isGenerated ? extent.store.background?.origin(of: extent.offset) : nil
    }

    public var range: AddressRange { extent.range }
}

extension PhysicalRAM {
    /// What of `window` is not zeros that nobody wrote, in the order of addresses; runs may touch.
    ///
    /// The cost follows what was written, not the size of `window`.
    public func contents(of window: AddressRange) -> [MemoryContents] {
        extents(in: window).flatMap { Self.contents(of: $0) }
    }

    private static func contents(of extent: Extent) -> [MemoryContents] {
        var found: [MemoryContents] = []
        var position = extent.offset
        let end = extent.offset &+ extent.range.count
        while position < end, let run = extent.store.contents(from: position), run.range.lowerBound < end {
            let start = max(position, run.range.lowerBound)
            let address = extent.range.start &+ (start - extent.offset)
            position = min(run.range.upperBound, end)
            let range = AddressRange(address, upTo: address &+ (position - start))
            if let part = extent.clipped(to: range) {
                found.append(MemoryContents(extent: part, isGenerated: run.isGenerated))
            }
        }
        return found
    }
}
