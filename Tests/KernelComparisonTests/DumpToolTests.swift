import Testing

@testable import KernelComparison

@Suite("What programs make of a dump")
struct DumpToolTests {
    private let tool = DumpTool(name: "some", endiannesses: [.little], needs: ["A", "B"])

    @Test("a dump is read where all keys are there, in a byte order that was tried")
    func verdicts() {
        #expect(tool.verdict(on: .little, keys: ["A", "B", "C"]) == .reads)
        #expect(tool.verdict(on: .little, keys: ["A"]) == .lacks(["B"]))
        #expect(tool.verdict(on: .big, keys: ["A", "B"]) == .untried(.big))
    }

    @Test("of several sets of keys one is enough, and the one that lacks least is named")
    func sets() {
        var tool = tool
        tool.needsOneOf = [["C", "D"], ["E"]]
        #expect(tool.verdict(on: .little, keys: ["A", "B", "E"]) == .reads)
        #expect(tool.verdict(on: .little, keys: ["A", "B", "C", "D"]) == .reads)
        #expect(tool.verdict(on: .little, keys: ["A", "B", "C"]) == .lacks(["D"]))
        #expect(tool.verdict(on: .little, keys: ["B"]) == .lacks(["A", "E"]))
    }

    @Test("what a machine does not have is said before anything else")
    func other() {
        var other = tool
        other.needsOther = "a moon"
        #expect(other.verdict(on: .big, keys: []) == .needs("a moon"))
    }

    @Test("what is missing is counted")
    func words() {
        #expect(tool.verdict(on: .little, keys: []).description == "lacks A and 1 more")
        #expect(tool.verdict(on: .little, keys: ["A"]).description == "lacks B")
    }
}
