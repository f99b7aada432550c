import Glibc
import Testing

@testable import FuseTransport

@Suite("Looking for the next request")
struct LookoutTests {
    private var lookout = Lookout(RequestDevice(-1))

    /// How many of a thousand requests are looked for, each of them found after so many looks in vain.
    private mutating func share(found: (Int) -> Int) -> Int {
        var looked = 0
        for request in 0..<1000 where lookout.looks() {
            lookout.note(found(request))
            looked += 1
        }
        return looked
    }

    @Test("it is done for a client on another CPU, whose requests come a little later")
    mutating func otherCPU() {
        // A third is there at once: what follows a request that nobody waits for.
        #expect(share { $0.isMultiple(of: 3) ? 0 : 12 } > 800)
    }

    @Test("it is left for one on the same CPU, and for one that takes its time")
    mutating func inVain() {
        _ = share { _ in 12 }
        let few = 1000 / Lookout.seldom
        #expect((few...few + 10).contains(share { _ in Lookout.mostLooks }))
    }

    @Test("reading waits where looking is not worth it, and does not where it is")
    mutating func waiting() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        lookout = Lookout(RequestDevice(ends[0]))
        var isWaitedFor: [Bool] = []
        func take(_ answers: Int32...) -> () -> Int32 {
            var left = answers
            return {
                isWaitedFor.append(fcntl(ends[0], F_GETFL) & O_NONBLOCK == 0)
                return left.removeFirst()
            }
        }
        #expect(lookout.receive(take(40), none: { false }) == 40)
        #expect(isWaitedFor == [true])
        while !lookout.looks() {}
        lookout.note(1)
        isWaitedFor = []
        // What is given meanwhile is no look in vain.
        var held = 3
        let give = {
            held -= 1
            return held >= 0
        }
        #expect(lookout.receive(take(-EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN, 56), none: give) == 56)
        #expect(isWaitedFor == [false, false, false, false, false])
        #expect(lookout.isWorthIt)
    }
}
