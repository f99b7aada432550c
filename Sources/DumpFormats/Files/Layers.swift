/// Runs of bytes that may overlap, resolved so that of every byte only the strongest run is left.
struct Layers<Value: Sendable>: Sendable {
    /// A run, or what is left of it.
    struct Run: Sendable {
        var range: Range<UInt64>
        /// Where it began before it was cut: `value` is about that byte.
        var origin: UInt64
        var value: Value
        /// Which of all runs it is from.
        fileprivate var source: Int
    }

    /// Ascending, without overlaps.
    let runs: [Run]

    /// Of two runs that overlap, the one that comes first in `all` counts.
    ///
    /// Takes time in proportion to n log n, whatever overlaps what.
    init(_ all: [(range: Range<UInt64>, value: Value)]) {
        let order = all.indices.filter { !all[$0].range.isEmpty }
            .sorted { all[$0].range.lowerBound < all[$1].range.lowerBound }
        var result: [Run] = []
        var open = Heap()
        var position: UInt64 = 0
        var next = 0
        while next < order.count || open.first != nil {
            if open.first == nil { position = max(position, all[order[next]].range.lowerBound) }
            while next < order.count, all[order[next]].range.lowerBound <= position {
                open.insert(order[next])
                next += 1
            }
            while let first = open.first, all[first].range.upperBound <= position { open.removeFirst() }
            guard let first = open.first else { continue }
            let limit = next < order.count ? all[order[next]].range.lowerBound : .max
            let end = min(all[first].range.upperBound, limit)
            if let last = result.last, last.range.upperBound == position, last.source == first {
                result[result.count - 1].range = last.range.lowerBound..<end
            } else {
                let origin = all[first].range.lowerBound
                result.append(
                    Run(range: position..<end, origin: origin, value: all[first].value, source: first)
                )
            }
            position = end
        }
        runs = result
    }

    /// The index of the first run that ends above `position`; the number of runs where none does.
    func index(at position: UInt64) -> Int {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = low + (high - low) / 2
            if runs[middle].range.upperBound > position { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// Numbers of which the smallest can be had first.
private struct Heap {
    private var numbers: [Int] = []

    var first: Int? { numbers.first }

    mutating func insert(_ number: Int) {
        numbers.append(number)
        var child = numbers.count - 1
        while child > 0, numbers[child] < numbers[(child - 1) / 2] {
            numbers.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() {
        guard let last = numbers.popLast(), !numbers.isEmpty else { return }
        numbers[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < numbers.count {
                if numbers[child] < numbers[least] { least = child }
            }
            if least == parent { return }
            numbers.swapAt(parent, least)
            parent = least
        }
    }
}
