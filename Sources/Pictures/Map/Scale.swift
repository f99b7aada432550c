/// How wide each part of memory is drawn.
struct Scale: Hashable {
    /// The width of each part, in columns or any other unit.
    let widths: [Int]
    /// Bytes that one unit stands for, where a part is drawn to scale.
    let bytesPerUnit: Double
    /// The parts that are drawn wider than they are, because they could not be seen or named otherwise.
    let widened: Set<Int>

    /// Shares `width` among parts by their size. A part gets at least its minimum; what that costs, the parts
    /// that have more than theirs pay by their size, so that these stay to scale with each other.
    init(sizes: [UInt64], minimums: [Int], width: Int) {
        var widened: Set<Int> = []
        var unit = 1.0
        while true {
            let rest = sizes.indices.filter { !widened.contains($0) }
            let taken = widened.reduce(0) { $0 + minimums[$1] }
            let bytes = rest.reduce(0.0) { $0 + Double(sizes[$1]) }
            unit = bytes / Double(max(1, width - taken))
            let tooSmall = rest.filter { Double(sizes[$0]) < Double(minimums[$0]) * unit }
            if tooSmall.isEmpty || rest.isEmpty { break }
            widened.formUnion(tooSmall)
        }
        var widths = minimums
        // Edges are rounded, not widths: errors do not add up.
        var exact = 0.0
        var placed = 0
        for index in sizes.indices where !widened.contains(index) {
            exact += unit > 0 ? Double(sizes[index]) / unit : 0
            widths[index] = max(minimums[index], Int(exact.rounded()) - placed)
            placed = Int(exact.rounded())
        }
        self.widths = widths
        self.widened = widened
        bytesPerUnit = unit
    }
}
