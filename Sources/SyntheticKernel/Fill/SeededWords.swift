/// Contents that follow from a seed and an address: words of 8 bytes, none stored.
public enum SeededWords {
    /// Every bit of the result depends on every bit of `word`, and no two words have the same result.
    ///
    /// Source: the finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
    static func scrambled(_ word: UInt64) -> UInt64 {
        var word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }

    /// How much a word differs from the one before.
    private static let step: UInt64 = 0x9e37_79b9_7f4a_7c15

    /// Fills `buffer` with the contents at `address`; both may begin anywhere. Little-endian on every host.
    public static func fill(_ buffer: UnsafeMutableRawBufferPointer, at address: UInt64, seed: UInt64) {
        var done = 0
        while done < buffer.count {
            let position = address &+ UInt64(done)
            let page = position >> 12
            let key = scrambled(seed ^ page &* step)
            let within = Int(position & 4095)
            let count = min(4096 - within, buffer.count - done)
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[done..<(done + count)])
            fill(part, key: key, from: within)
            done += count
        }
    }

    /// A page's worth or less: whole words at once, bytes at the ends.
    private static func fill(_ buffer: UnsafeMutableRawBufferPointer, key: UInt64, from start: Int) {
        var offset = 0
        func byte() -> UInt8 {
            let place = start + offset
            let word = key &+ UInt64(place / 8) &* step
            return UInt8(truncatingIfNeeded: word >> UInt64(place % 8 * 8))
        }
        while offset < buffer.count, (start + offset) % 8 != 0 {
            buffer[offset] = byte()
            offset += 1
        }
        let words = (buffer.count - offset) / 8
        if words > 0, let base = buffer.baseAddress {
            var word = key &+ UInt64((start + offset) / 8) &* step
            let target = base + offset
            for index in 0..<words {
                target.storeBytes(of: word.littleEndian, toByteOffset: index &* 8, as: UInt64.self)
                word = word &+ step
            }
            offset += words * 8
        }
        while offset < buffer.count {
            buffer[offset] = byte()
            offset += 1
        }
    }
}
