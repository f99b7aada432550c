extension BLAKE2b {
    /// The work vector of one block: four rows of four words, so that the four mixings of a half round are one.
    ///
    /// Source: RFC 7693, sections 3.1 and 3.2.
    struct Rounds {
        typealias Order = (
            Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int
        )
        typealias Row = SIMD4<UInt64>

        private var a: Row
        private var b: Row
        private var c: Row
        private var d: Row

        init(_ h: Words, counter: UInt64, isLast: Bool) {
            a = Row(h.0, h.1, h.2, h.3)
            b = Row(h.4, h.5, h.6, h.7)
            c = Row(
                0x6a09_e667_f3bc_c908,
                0xbb67_ae85_84ca_a73b,
                0x3c6e_f372_fe94_f82b,
                0xa54f_f53a_5f1d_36f1
            )
            d = Row(
                0x510e_527f_ade6_82d1 ^ counter,
                0x9b05_688c_2b3e_6c1f,
                0x1f83_d9ab_fb41_bd6b ^ (isLast ? .max : 0),
                0x5be0_cd19_137e_2179
            )
        }

        /// One round: the columns, then the diagonals.
        @inline(__always)
        mutating func mix(_ m: UnsafeMutableBufferPointer<UInt64>, _ s: Order) {
            step(Row(m[s.0], m[s.2], m[s.4], m[s.6]), Row(m[s.1], m[s.3], m[s.5], m[s.7]))
            b = Row(b[1], b[2], b[3], b[0])
            c = Row(c[2], c[3], c[0], c[1])
            d = Row(d[3], d[0], d[1], d[2])
            step(Row(m[s.8], m[s.10], m[s.12], m[s.14]), Row(m[s.9], m[s.11], m[s.13], m[s.15]))
            b = Row(b[3], b[0], b[1], b[2])
            c = Row(c[2], c[3], c[0], c[1])
            d = Row(d[1], d[2], d[3], d[0])
        }

        @inline(__always)
        private mutating func step(_ x: Row, _ y: Row) {
            a = a &+ b &+ x
            d = Self.turned(d ^ a, 32)
            c = c &+ d
            b = Self.turned(b ^ c, 24)
            a = a &+ b &+ y
            d = Self.turned(d ^ a, 16)
            c = c &+ d
            b = Self.turned(b ^ c, 63)
        }

        /// Every word rotated to the right.
        @inline(__always)
        private static func turned(_ row: Row, _ bits: UInt64) -> Row {
            (row &>> Row(repeating: bits)) | (row &<< Row(repeating: 64 &- bits))
        }

        func fold(into h: inout Words) {
            let low = a ^ c
            let high = b ^ d
            h.0 ^= low[0]
            h.1 ^= low[1]
            h.2 ^= low[2]
            h.3 ^= low[3]
            h.4 ^= high[0]
            h.5 ^= high[1]
            h.6 ^= high[2]
            h.7 ^= high[3]
        }
    }
}
