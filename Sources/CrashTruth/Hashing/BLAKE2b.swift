/// BLAKE2b without a key, for digests of up to 16 bytes: only the first two words of the state are given out.
///
/// Source: RFC 7693.
struct BLAKE2b {
    typealias Words = (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

    private static let blockSize = 128
    private static let start: Words = (
        0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
        0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179
    )

    private(set) var h: Words = Self.start

    /// `digestSize` in bytes is part of what is hashed.
    init(digestSize: Int) { h.0 ^= 0x0101_0000 ^ UInt64(truncatingIfNeeded: digestSize) }

    /// Hashes a whole message; once for each value.
    mutating func hash(_ message: UnsafeRawBufferPointer) {
        var done = 0
        // The last block, even a full one, is marked as such.
        while message.count - done > Self.blockSize {
            let block = UnsafeRawBufferPointer(rebasing: message[done..<(done + Self.blockSize)])
            done += Self.blockSize
            compress(block, counter: UInt64(done), isLast: false)
        }
        withUnsafeTemporaryAllocation(byteCount: Self.blockSize, alignment: 8) { last in
            last.initializeMemory(as: UInt8.self, repeating: 0)
            last.copyMemory(from: UnsafeRawBufferPointer(rebasing: message[done...]))
            compress(UnsafeRawBufferPointer(last), counter: UInt64(message.count), isLast: true)
        }
    }

    /// `block` has 128 bytes; `counter` counts those of the message up to its end.
    private mutating func compress(_ block: UnsafeRawBufferPointer, counter: UInt64, isLast: Bool) {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 16) { m in
            for index in 0..<16 {
                m[index] = UInt64(
                    littleEndian: block.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
                )
            }
            var rounds = Rounds(h, counter: counter, isLast: isLast)
            for row in 0..<12 { rounds.mix(m, Self.order[row % 10]) }
            rounds.fold(into: &h)
        }
    }

    /// In which order each round takes the words of a block.
    private static let order: [Rounds.Order] = [
        (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
        (14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3),
        (11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4),
        (7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8),
        (9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13),
        (2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9),
        (12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11),
        (13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10),
        (6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5),
        (10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0),
    ]
}
