import Glibc

/// Comparing runs of bytes with what the C library has for it: many bytes at a time.
enum Bytes {
    static func areEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
        guard a.count == b.count else { return false }
        guard let one = a.baseAddress, let other = b.baseAddress else { return true }
        return memcmp(one, other, a.count) == 0
    }

    /// Whether all bytes are zero: the first few are, and every byte is what the one before it is.
    static func areZero(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let head = min(bytes.count, 32)
        guard bytes[..<head].allSatisfy({ $0 == 0 }) else { return false }
        guard let base = bytes.baseAddress, bytes.count > head else { return true }
        return memcmp(base, base + head, bytes.count - head) == 0
    }

    /// The first offset at which two runs of one length differ, and in how many bits they do in all.
    static func difference(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> (
        offset: Int, bits: Int
    )? {
        var first: Int?
        var bits = 0
        for index in 0..<min(a.count, b.count) where a[index] != b[index] {
            first = first ?? index
            bits += (a[index] ^ b[index]).nonzeroBitCount
        }
        return first.map { ($0, bits) }
    }
}
