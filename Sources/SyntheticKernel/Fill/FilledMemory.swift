import PhysicalMemory
import SystemPackage

/// The memory of a filled machine before anything is written to it: contents that follow from seed and address.
///
/// Offsets are physical addresses. Pages of class zero are zero, and so are the data of the kernel's image, which the
/// kernel clears; all others are full of words.
public struct FilledMemory: MemoryBackground {
    public let fill: MemoryFill
    private let mix: PageMix
    /// Bytes of a block of the pattern.
    private let block: UInt64
    /// What the kernel clears when it starts.
    private let cleared: Range<UInt64>
    private let end: UInt64

    /// Memory up to `end` of a kernel with this layout.
    public init(_ fill: MemoryFill, _ layout: KernelLayout, end: UInt64) {
        self.fill = fill
        mix = fill.mix
        block = layout.pageSize * PagePlan.blockPages
        cleared = layout.image.textEnd..<layout.image.end
        self.end = end
    }

    public func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(Errno) {
        var done = 0
        while done < buffer.count {
            let position = offset + UInt64(done)
            let run = run(at: position)
            let count = Int(min(UInt64(buffer.count - done), run.end - position))
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[done..<(done + count)])
            if run.isZero {
                part.initializeMemory(as: UInt8.self, repeating: 0)
            } else {
                SeededWords.fill(part, at: position, seed: fill.seed)
            }
            done += count
        }
    }

    public func origin(of offset: UInt64) -> MadeUpOrigin? { MadeUpOrigin(.fill, offset) }

    public func data(from offset: UInt64) -> Range<UInt64>? {
        var position = offset
        // A pattern has a block of each kind, or none, within its own length.
        for _ in 0...(mix.pattern.count + 2) {
            guard position < end else { return nil }
            let first = run(at: position)
            if first.isZero {
                position = first.end
                continue
            }
            var upper = first.end
            for _ in 0..<mix.pattern.count where upper < end {
                let next = run(at: upper)
                if next.isZero { break }
                upper = next.end
            }
            return position..<min(upper, end)
        }
        return nil
    }

    /// Whether a byte is zero, and the end of the run of which that holds.
    private func run(at position: UInt64) -> (isZero: Bool, end: UInt64) {
        if cleared.contains(position) { return (true, cleared.upperBound) }
        let number = position / block
        let end = (number + 1) * block
        let upper = position < cleared.lowerBound ? min(end, cleared.lowerBound) : end
        return (mix.pageClass(ofBlock: number) == .zero, upper)
    }
}
