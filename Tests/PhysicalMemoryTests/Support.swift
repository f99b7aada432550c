import PhysicalMemory

func range(_ start: UInt64, _ end: UInt64) -> AddressRange {
    AddressRange(PhysicalAddress(start), upTo: PhysicalAddress(end))
}

/// Bytes that differ from zero and from those of another seed at almost every place.
func pattern(_ count: Int, seed: UInt8 = 1) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ Int(seed) &* 97) | 1 }
}

let page: UInt64 = 4096

extension MemoryStore {
    /// What the host's kernel reads in the file of the store.
    func fileBytes() throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(size))
        let count = try bytes.withUnsafeMutableBytes {
            try descriptor.read(fromAbsoluteOffset: 0, into: $0)
        }
        return Array(bytes[..<count])
    }
}
