import Testing

@testable import DumpFormats

@Suite("Runs that overlap")
struct LayersTests {
    @Test("of every byte the first run that has it counts", arguments: 0..<20)
    func random(_ seed: UInt64) {
        var random = SplitMix64(state: seed)
        var all: [(range: Range<UInt64>, value: Int)] = []
        for value in 0..<Int.random(in: 0...12, using: &random) {
            let start = UInt64.random(in: 0..<40, using: &random)
            all.append((start..<(start + UInt64.random(in: 0..<20, using: &random)), value))
        }
        let layers = Layers(all)
        for (a, b) in zip(layers.runs, layers.runs.dropFirst()) {
            #expect(a.range.upperBound <= b.range.lowerBound)
        }
        for position in 0..<64 as Range<UInt64> {
            let expected = all.first { $0.range.contains(position) }
            let index = layers.index(at: position)
            let found = index < layers.runs.count ? layers.runs[index] : nil
            let run = found.flatMap { $0.range.contains(position) ? $0 : nil }
            #expect(run?.value == expected?.value)
            if let run, let expected { #expect(run.origin == expected.range.lowerBound) }
        }
    }

    @Test("as many runs as a file can have take no time that matters")
    func many() {
        let count: UInt64 = 65534
        let layers = Layers((0..<count).map { (range: $0..<(2 * count - $0), value: $0) })
        #expect(layers.runs.count == 1)
        let reversed = Layers((0..<count).reversed().map { (range: $0..<(2 * count - $0), value: $0) })
        #expect(reversed.runs.count == 2 * Int(count) - 1)
    }
}
