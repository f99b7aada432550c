extension BLAKE2b {
    /// The work vector of one block.
    ///
    /// Source: RFC 7693, sections 3.1 and 3.2.
    struct Rounds {
        typealias Order = (
            Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int
        )

        private var a: (UInt64, UInt64, UInt64, UInt64)
        private var b: (UInt64, UInt64, UInt64, UInt64)
        private var c: (UInt64, UInt64, UInt64, UInt64)
        private var d: (UInt64, UInt64, UInt64, UInt64)

        init(_ h: Words, counter: UInt64, isLast: Bool) {
            a = (h.0, h.1, h.2, h.3)
            b = (h.4, h.5, h.6, h.7)
            c = (0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1)
            d = (
                0x510e_527f_ade6_82d1 ^ counter, 0x9b05_688c_2b3e_6c1f,
                0x1f83_d9ab_fb41_bd6b ^ (isLast ? UInt64.max : 0), 0x5be0_cd19_137e_2179
            )
        }

        /// One round: the columns, then the diagonals.
        @inline(__always)
        mutating func mix(_ m: UnsafeMutableBufferPointer<UInt64>, _ s: Order) {
            Self.step(&a.0, &b.0, &c.0, &d.0, m[s.0], m[s.1])
            Self.step(&a.1, &b.1, &c.1, &d.1, m[s.2], m[s.3])
            Self.step(&a.2, &b.2, &c.2, &d.2, m[s.4], m[s.5])
            Self.step(&a.3, &b.3, &c.3, &d.3, m[s.6], m[s.7])
            Self.step(&a.0, &b.1, &c.2, &d.3, m[s.8], m[s.9])
            Self.step(&a.1, &b.2, &c.3, &d.0, m[s.10], m[s.11])
            Self.step(&a.2, &b.3, &c.0, &d.1, m[s.12], m[s.13])
            Self.step(&a.3, &b.0, &c.1, &d.2, m[s.14], m[s.15])
        }

        @inline(__always)
        private static func step(
            _ a: inout UInt64,
            _ b: inout UInt64,
            _ c: inout UInt64,
            _ d: inout UInt64,
            _ x: UInt64,
            _ y: UInt64
        ) {
            a = a &+ b &+ x
            d ^= a
            d = d &>> 32 | d &<< 32
            c = c &+ d
            b ^= c
            b = b &>> 24 | b &<< 40
            a = a &+ b &+ y
            d ^= a
            d = d &>> 16 | d &<< 48
            c = c &+ d
            b ^= c
            b = b &>> 63 | b &<< 1
        }

        func fold(into h: inout Words) {
            h.0 ^= a.0 ^ c.0
            h.1 ^= a.1 ^ c.1
            h.2 ^= a.2 ^ c.2
            h.3 ^= a.3 ^ c.3
            h.4 ^= b.0 ^ d.0
            h.5 ^= b.1 ^ d.1
            h.6 ^= b.2 ^ d.2
            h.7 ^= b.3 ^ d.3
        }
    }
}
