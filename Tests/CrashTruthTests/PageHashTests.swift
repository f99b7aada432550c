import CrashTruth
import Testing

@Suite("Hashes of pages")
struct PageHashTests {
    private func hex(_ bytes: [UInt8]) -> String {
        let hash = bytes.withUnsafeBytes { PageHash(of: $0) }
        return [hash.words.first, hash.words.second].map { word in
            withUnsafeBytes(of: word.littleEndian) { bytes in
                bytes.map { byte in
                    let digits = String(byte, radix: 16)
                    return digits.count < 2 ? "0" + digits : digits
                }.joined()
            }
        }.joined()
    }

    /// Computed with hashlib.blake2b(digest_size=16) of Python 3.13.
    @Test("are BLAKE2b-128, at every length around the size of a block")
    func vectors() {
        let pattern = (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        #expect(hex([]) == "cae66941d9efbd404e4d88758ea67670")
        #expect(hex(Array("abc".utf8)) == "cf4ab791c62b8d2b2109c90275287816")
        for (count, digest) in Self.digests { #expect(hex(Array(pattern[..<count])) == digest, "\(count)") }
    }

    @Test("of zeros are those of as many zeros")
    func zeros() {
        let page = [UInt8](repeating: 0, count: 4096)
        #expect(page.withUnsafeBytes { PageHash(of: $0) } == PageHash(ofZeros: 4096))
        #expect(PageHash(ofZeros: 4096) != PageHash(ofZeros: 4095))
    }

    private static let digests: [(Int, String)] = [
        (1, "7025e075d5e2f6cde3cc051a31f07660"),
        (127, "40efb3ed1b6eb973c5f774422adb0230"),
        (128, "06e5bcee475a6bf6d9b8a07c6f4ae80a"),
        (129, "2ec7e7bf8a8265ffd68aadd70ecd2b7e"),
        (255, "b4b6fa7ac93abe0503b7ac802593eadd"),
        (256, "dbb08d79105462394550aa4d4e10133f"),
        (257, "85ffa7164e9200d4dddc7b7947e06eac"),
        (4096, "ed1013ddd16ff38b9993a87de796c332"),
    ]
}
