import Testing

@testable import Pictures

@Suite("Drawing to scale")
struct ScaleTests {
    @Test("parts are as wide as they are large")
    func proportional() {
        let scale = Scale(sizes: [100, 300, 600], minimums: [2, 2, 2], width: 100)
        #expect(scale.widths == [10, 30, 60])
        #expect(scale.widened.isEmpty)
    }

    @Test("what is too small gets its minimum, and the rest stays to scale")
    func widened() {
        let scale = Scale(sizes: [1, 1_000_000, 2_000_000], minimums: [4, 2, 2], width: 64)
        #expect(scale.widths == [4, 20, 40])
        #expect(scale.widened == [0])
    }

    @Test("whatever the sizes, the widths fill the room and no part is below its minimum")
    func always() {
        for seed in 1..<200 as Range<UInt64> {
            let sizes = (0..<8).map { index in (seed &* 2_654_435_761 &* (index + 1)) % (1 << (seed % 40 + 1))
            }
            let minimums = sizes.map { Int($0 % 5) + 1 }
            let scale = Scale(sizes: sizes, minimums: minimums, width: 90)
            #expect(zip(scale.widths, minimums).allSatisfy { $0 >= $1 })
            if sizes.contains(where: { $0 > 0 }) { #expect(abs(scale.widths.reduce(0, +) - 90) <= 8) }
        }
    }
}
