/// What a contender's rounds say.
struct Series {
    /// In the order of the rounds.
    let samples: [Double]
    private let sorted: [Double]

    init(_ samples: [Double]) {
        self.samples = samples
        sorted = samples.sorted()
    }

    var count: Int { sorted.count }
    var median: Double { at(0.5) }
    /// The spread: half of the rounds lie between these.
    var lowerQuartile: Double { at(0.25) }
    var upperQuartile: Double { at(0.75) }

    /// Round by round, how many times the other's this was.
    func divided(by other: Series) -> Series { Series(zip(samples, other.samples).map { $0 / $1 }) }

    private func at(_ part: Double) -> Double {
        guard let last = sorted.indices.last else { return .nan }
        let position = part * Double(last)
        let below = Int(position)
        let above = min(below + 1, last)
        return sorted[below] + (sorted[above] - sorted[below]) * (position - Double(below))
    }
}
