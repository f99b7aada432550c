import Testing

@testable import FuseTransport

@Suite("Looking for the next request")
struct LookoutTests {
    /// How many of a thousand requests are looked for, each of them found after so many looks in vain.
    private func share(_ lookout: inout Lookout, found: (Int) -> Int) -> Int {
        var looked = 0
        for request in 0..<1000 where lookout.isWorthIt() {
            lookout.note(found(request))
            looked += 1
        }
        return looked
    }

    @Test("it is done for a client on another CPU, whose requests come a little later")
    func otherCPU() {
        var lookout = Lookout(-1)
        // A third is there at once: what follows a request that nobody waits for.
        #expect(share(&lookout) { $0.isMultiple(of: 3) ? 0 : 12 } > 800)
    }

    @Test(
        "it is left for one on the same CPU, and for one that takes its time",
        arguments: [0, Lookout.mostLooks]
    )
    func inVain(looks: Int) {
        var lookout = Lookout(-1)
        _ = share(&lookout) { _ in 12 }
        let few = 1000 / Lookout.seldom
        #expect((few...few + 10).contains(share(&lookout) { _ in looks }))
    }
}
