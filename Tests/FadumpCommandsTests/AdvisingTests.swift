import Machine
import Testing

@testable import FadumpCommands

@Suite("Finding the smallest boot memory")
struct AdvisingTests {
    private let mebibyte: UInt64 = 1 << 20

    @Test(
        "whatever is needed is found to the step, in few trials and none twice",
        arguments: [1, 16, 17, 100, 255, 256, 257, 700, 1024]
    )
    func found(needed: UInt64) {
        let bisection = Bisection(step: 16 << 20, limit: 1 << 30)
        var tried: [UInt64] = []
        let smallest = bisection.smallest(from: 256 << 20) { size in
            tried.append(size)
            return size >= needed * mebibyte
        }
        #expect(smallest == (needed + 15) / 16 * 16 * mebibyte)
        #expect(Set(tried).count == tried.count)
        #expect(tried.count <= 8)
        #expect(tried.allSatisfy { $0.isMultiple(of: bisection.step) && $0 <= bisection.limit })
    }

    @Test("what no size can do is said, after the largest was tried", arguments: [64, 256, 1000, 1024])
    func none(limit: UInt64) {
        var tried: [UInt64] = []
        let smallest = Bisection(step: 16 << 20, limit: limit * mebibyte).smallest(from: 256 << 20) { size in
            tried.append(size)
            return false
        }
        #expect(smallest == nil)
        #expect(tried.last == limit / 16 * 16 * mebibyte)
    }

    @Test("the command line asks for the size once, whatever it said before")
    func commandLine() {
        let text = Trial.commandLine("fadump=on fadump_reserve_mem=1G quiet", bootMemory: 128 << 20)
        #expect(text == "fadump=on quiet fadump_reserve_mem=128M")
    }
}
