import SystemPackage

/// Stands for a background where it only counts that there is one, everywhere, and not which of its bytes are zero.
struct UnbrokenBackground: MemoryBackground {
    let size: UInt64

    func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) {
        buffer.initializeMemory(as: UInt8.self, repeating: 0)
    }

    func data(from offset: UInt64) -> Range<UInt64>? { offset < size ? offset..<size : nil }
}
