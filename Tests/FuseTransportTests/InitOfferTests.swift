import Testing

@testable import FuseTransport

@Suite("What a kernel offers when a session begins")
struct InitOfferTests {
    private static let extended: UInt32 = 1 << 30
    private static let passthrough: UInt32 = 1 << 5

    /// An INIT request: a head of ten words, then major, minor, max_readahead, flags, flags2.
    private func request(opcode: UInt32 = 26, flags: UInt32, more: UInt32) -> [UInt32] {
        [104, opcode] + Array(repeating: 0, count: 8) + [7, 45, 131_072, flags, more]
    }

    private func offer(_ words: [UInt32]) -> InitOffer? {
        words.withUnsafeBufferPointer { InitOffer(request: $0) }
    }

    private func accept(_ offer: InitOffer, _ words: inout [UInt32]) -> Bool {
        words.withUnsafeMutableBufferPointer { offer.accept(in: $0) }
    }

    @Test("passthrough is what a kernel says it has, and older kernels have no place to say so")
    func offers() {
        #expect(offer(request(flags: Self.extended, more: Self.passthrough))?.passthrough == true)
        #expect(offer(request(flags: Self.extended, more: ~Self.passthrough))?.passthrough == false)
        #expect(offer(request(flags: ~Self.extended, more: Self.passthrough))?.passthrough == false)
    }

    @Test("another request, and one that ends before its flags, offers nothing")
    func others() {
        #expect(offer(request(opcode: 1, flags: Self.extended, more: Self.passthrough)) == nil)
        #expect(offer([]) == nil)
        #expect(offer(Array(request(flags: Self.extended, more: Self.passthrough).dropLast())) == nil)
    }

    @Test("what was offered is taken up with one layer of files, and nothing else is changed")
    func accepting() {
        var offer = InitOffer()
        var answer = [UInt32](repeating: 0, count: 16)
        #expect(!accept(offer, &answer))
        #expect(answer.allSatisfy { $0 == 0 })
        offer.passthrough = true
        answer[3] = 1
        #expect(accept(offer, &answer))
        #expect(answer == [0, 0, 0, Self.extended | 1, 0, 0, 0, 0, Self.passthrough, 1, 0, 0, 0, 0, 0, 0])
        // libfuse's answer of an older protocol has no room for it.
        var short = [UInt32](repeating: 0, count: 6)
        #expect(!accept(offer, &short))
    }
}
