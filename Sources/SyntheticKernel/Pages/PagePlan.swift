import PhysicalMemory

/// What each page of memory is used for: a function of the page's number, of a pattern and of where the kernel itself
/// lies. Nothing is stored for a page, so a plan of 64 TiB is as small as one of 256 MiB.
///
/// Numbers of pages are frames: physical addresses divided by the size of a page.
public struct PagePlan: Sendable {
    /// Blocks of the pattern have 2^4 pages.
    public static let blockOrder = 4
    /// Pages of a block.
    public static let blockPages: UInt64 = 1 << UInt64(blockOrder)

    /// Bytes of a page.
    public let pageSize: UInt64
    /// The order of the largest block that the buddy allocator has.
    public let largestOrder: Int
    /// The frames that are memory: ascending, none touching the next.
    public let memory: [Range<UInt64>]
    /// The frames that the kernel keeps for itself, whatever the pattern says: whole blocks, ascending.
    public let kernel: [Range<UInt64>]
    /// Where the pattern holds, in whole blocks; everywhere else pages are free.
    public let window: Range<UInt64>
    public let mix: PageMix

    /// A plan; `kernel` and `window` are widened to whole blocks.
    public init(
        pageSize: UInt64,
        largestOrder: Int,
        memory: MemoryMap,
        kernel: [AddressRange],
        window: AddressRange,
        mix: PageMix
    ) {
        self.pageSize = pageSize
        self.largestOrder = largestOrder
        self.mix = mix
        let frames = memory.ranges.map { range in
            range.start.rawValue / pageSize..<max(range.start.rawValue, range.end.rawValue) / pageSize
        }
        self.memory = Self.joined(frames)
        self.kernel = Self.joined(kernel.map { Self.blocks(of: $0, pageSize: pageSize) })
        self.window = Self.blocks(of: window, pageSize: pageSize)
    }

    /// The class of a page; nil where there is no memory.
    public func pageClass(of frame: UInt64) -> PageClass? {
        guard Self.range(in: memory, holding: frame) != nil else { return nil }
        if Self.range(in: kernel, holding: frame) != nil { return .kernel }
        return window.contains(frame) ? mix.pageClass(ofBlock: block(frame)) : .free
    }

    /// The number of a frame's block in the pattern.
    func block(_ frame: UInt64) -> UInt64 { (frame - window.lowerBound) / Self.blockPages }

    /// The frames around a free frame that are free with it and may be one block of the buddy allocator.
    func freeRun(around frame: UInt64) -> Range<UInt64>? {
        guard pageClass(of: frame) == .free, let memory = Self.range(in: memory, holding: frame) else {
            return nil
        }
        if window.contains(frame) {
            let first = frame / Self.blockPages * Self.blockPages
            return (first..<(first + Self.blockPages)).clamped(to: memory)
        }
        var run = memory
        if frame < window.lowerBound, !window.isEmpty { run = run.clamped(to: 0..<window.lowerBound) }
        if frame >= window.upperBound { run = run.clamped(to: window.upperBound..<UInt64.max) }
        for taken in kernel where !taken.isEmpty {
            if taken.upperBound <= frame { run = run.clamped(to: taken.upperBound..<UInt64.max) }
            if taken.lowerBound > frame { run = run.clamped(to: 0..<taken.lowerBound) }
        }
        return run
    }

    /// The block of the buddy allocator that a free frame belongs to; nil for other frames.
    public func buddy(of frame: UInt64) -> BuddyBlock? {
        guard let run = freeRun(around: frame) else { return nil }
        for order in stride(from: largestOrder, through: 0, by: -1) {
            let block = BuddyBlock(holding: frame, order: order)
            if run.lowerBound <= block.head, block.end <= run.upperBound { return block }
        }
        return nil
    }
}

/// A free block of the buddy allocator: 2^order pages, aligned to as many.
///
/// Source: `__free_one_page` (Linux 3.4, mm/page_alloc.c).
public struct BuddyBlock: Sendable, Hashable {
    /// The frame of its first page.
    public let head: UInt64
    public let order: Int

    init(holding frame: UInt64, order: Int) {
        head = (frame >> UInt64(order)) << UInt64(order)
        self.order = order
    }

    /// Pages in it.
    public var pages: UInt64 { 1 << UInt64(order) }
    /// The first frame behind it.
    public var end: UInt64 { head + pages }
}
