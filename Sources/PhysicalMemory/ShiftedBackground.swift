import SystemPackage

/// A background whose offset `base` is a store's offset 0.
struct ShiftedBackground: MemoryBackground {
    let background: any MemoryBackground
    let base: UInt64

    func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(Errno) {
        try background.fill(buffer, at: base + offset)
    }

    func origin(of offset: UInt64) -> MadeUpOrigin? { background.origin(of: base + offset) }

    func data(from offset: UInt64) -> Range<UInt64>? {
        guard let run = background.data(from: base + offset) else { return nil }
        return run.lowerBound - base..<run.upperBound - base
    }
}
