import CCompression
import Testing

@testable import DumpFormats

@Suite("Decompressing pages")
struct CompressionTests {
    private func decoded(_ stored: [UInt8], _ count: Int) -> [UInt8]? {
        var page = [UInt8](repeating: 0xee, count: count)
        return LZODecoder.decode(stored, into: &page).map { Array(page[..<$0]) }
    }

    /// What liblzo2's lzo1x_999 made of a page of zeros.
    private static let zeros: [UInt8] =
        [0x12, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0xe6, 0, 0, 0x20] + [
            0, 0, 0, 0, 0, 0, 0, 0xe5, 0, 0, 0x11, 0, 0,
        ]

    @Test("LZO: zeros as liblzo2 packs them")
    func lzoZeros() {
        #expect(decoded(Self.zeros, 4096) == Array(repeating: 0, count: 4096))
        // One byte less than it gives.
        #expect(decoded(Self.zeros, 4095) == nil)
    }

    @Test("LZO: every instruction of the format")
    func lzoInstructions() {
        // 4 literals at once; a near copy of 3 bytes and 1 literal; a copy of 2 after 1 literal.
        #expect(
            decoded([21, 1, 2, 3, 4, 0x40 | 3 << 2 | 1, 0, 5, 0x0, 0, 0x11, 0, 0], 64) == [
                1, 2, 3, 4, 1, 2, 3, 5, 5, 5,
            ]
        )
        // A long run of literals, then 3 bytes from 2049 + 0 back.
        let run = (0..<2100).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let long: [UInt8] = [0] + Array(repeating: 0, count: 8) + [UInt8(2100 - 18 - 8 * 255)] + run
        #expect(decoded(long + [0x00, 0, 0x11, 0, 0], 4096) == run + run[51..<54])
        // 16384 + 1 back, 2 + 7 + 1 bytes; then 1 back for 2 + 31 + 255 + 2 bytes with two literals behind.
        let wide = (0..<16500).map { UInt8(truncatingIfNeeded: $0 / 3) }
        var stream: [UInt8] = [0] + Array(repeating: 0, count: 64) + [UInt8(16500 - 18 - 64 * 255)] + wide
        stream += [0x10, 1, 1 << 2, 0, 0x20, 0, 2, 2, 0, 8, 9, 0x11, 0, 0]
        var expected = wide + wide[(16500 - 16385)..<(16500 - 16385 + 10)]
        expected += Array(repeating: expected[16509], count: 290) + [8, 9]
        #expect(decoded(stream, 65536) == expected)
    }

    @Test("LZO: cut off anywhere, or with a byte behind its end, it is malformed")
    func lzoTruncated() {
        let stream: [UInt8] = [21, 1, 2, 3, 4, 0x40 | 3 << 2 | 1, 0, 5, 0x0, 0, 0x11, 0, 0]
        for length in 0..<stream.count { #expect(decoded(Array(stream[..<length]), 64) == nil) }
        #expect(decoded(stream + [0], 64) == nil)
        // A copy from before the first byte.
        #expect(decoded([18, 1, 0x40 | 3 << 2, 0, 0x11, 0, 0], 64) == nil)
        // A length that never ends.
        #expect(decoded(Array(repeating: 0, count: 100_000), 64) == nil)
    }

    @Test("LZO: no bytes make it write where it may not", arguments: 0..<4)
    func lzoRandom(_ seed: UInt64) {
        var random = SplitMix64(state: seed)
        for _ in 0..<2000 {
            let stream = (0..<Int.random(in: 0..<200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            if let bytes = decoded(stream, 512) { #expect(bytes.count <= 512) }
        }
    }

    /// A page that is worth compressing.
    private static let page = (0..<4096).map { UInt8(truncatingIfNeeded: $0 / 9 &* 5) }

    @Test(
        "zlib, zstd and snappy give back what their libraries packed",
        arguments: [PageFlags.zlib, .zstd, .snappy]
    )
    func libraries(_ flags: PageFlags) throws {
        let packed = try Packing.pack(Self.page, flags)
        let half = try Packing.pack(Array(Self.page[..<2048]), flags)
        #expect(packed.count < 4096)
        let reader = try DumpReader([TestBytes(KdumpBuilder([.compressed(flags, packed)]).bytes())])
        #expect(try reader.frame(0).bytes == Self.page)
        for damaged in [Array(packed.dropLast(3)), Array(packed.dropFirst()), [7]] {
            let reader = try DumpReader([TestBytes(KdumpBuilder([.compressed(flags, damaged)]).bytes())])
            let error = #expect(throws: DumpFailure.self) { try reader.frame(0) }
            guard case .malformed(.invalid("page frame 0x0", 20504, _), _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        // A page of another size.
        let short = try DumpReader([TestBytes(KdumpBuilder([.compressed(flags, half)]).bytes())])
        #expect(throws: DumpFailure.self) { try short.frame(0) }
    }

    @Test("a page stored as it is has the size of a page")
    func stored() throws {
        let reader = try DumpReader([TestBytes(KdumpBuilder([.compressed([], [1, 2, 3])]).bytes())])
        let error = #expect(throws: DumpFailure.self) { try reader.frame(0) }
        #expect(
            "\(try #require(error))"
                == "test: size of page descriptor 0 at offset 20488: 3 bytes of no compression"
        )
    }
}

/// The other direction, which only tests need.
enum Packing {
    static func pack(_ page: [UInt8], _ flags: PageFlags) throws -> [UInt8] {
        var packed = [UInt8](repeating: 0, count: page.count * 2 + 100)
        switch flags {
        case .zlib:
            var count = uLong(packed.count)
            try #require(compress(&packed, &count, page, uLong(page.count)) == Z_OK)
            return Array(packed[..<Int(count)])
        case .zstd:
            let count = ZSTD_compress(&packed, packed.count, page, page.count, 3)
            try #require(ZSTD_isError(count) == 0)
            return Array(packed[..<count])
        default:
            var characters = packed.map(CChar.init(bitPattern:))
            var count = characters.count
            let page = page.map(CChar.init(bitPattern:))
            try #require(snappy_compress(page, page.count, &characters, &count) == SNAPPY_OK)
            return characters[..<count].map(UInt8.init(bitPattern:))
        }
    }
}
