/// A plan as a few lines of text, so that it can be kept: the same plan comes out again, whatever made it.
extension PagePlan {
    private enum Key: String {
        case order = "plan-order"
        case memory = "plan-memory"
        case kernel = "plan-kernel"
        case window = "plan-window"
        case pattern = "plan-pattern"
    }

    /// Keys and values; frames are hexadecimal, and of the pattern each block is a letter.
    public var lines: [(key: String, value: String)] {
        func text(_ range: Range<UInt64>) -> String {
            String(range.lowerBound, radix: 16) + "-" + String(range.upperBound, radix: 16)
        }
        return [
            (Key.order.rawValue, String(largestOrder)),
            (Key.memory.rawValue, memory.map(text).joined(separator: ",")),
            (Key.kernel.rawValue, kernel.map(text).joined(separator: ",")),
            (Key.window.rawValue, text(window)),
            (Key.pattern.rawValue, String(mix.pattern.map(\.letter))),
        ]
    }

    /// The plan of these lines for pages of `pageSize` bytes; nil where there is none, or it cannot be.
    public init?(pageSize: UInt64, lines: (String) -> String?) {
        func ranges(_ key: Key) -> [Range<UInt64>]? {
            guard let text = lines(key.rawValue) else { return nil }
            let ranges = text.split(separator: ",").map(Self.range)
            let whole = ranges.compactMap(\.self)
            return whole.count == ranges.count ? Self.joined(whole) : nil
        }
        guard let order = lines(Key.order.rawValue).flatMap(Int.init), (0...63).contains(order),
            let memory = ranges(.memory), let kernel = ranges(.kernel),
            let window = lines(Key.window.rawValue).flatMap(Self.range),
            let pattern = lines(Key.pattern.rawValue)
        else { return nil }
        let places = pattern.map { letter in PageClass.allCases.first { $0.letter == letter } }
        guard !places.contains(nil), let mix = PageMix(places.compactMap(\.self), stride: 1, start: 0) else {
            return nil
        }
        self.pageSize = pageSize
        largestOrder = order
        self.memory = memory
        self.kernel = kernel
        self.window = window
        self.mix = mix
    }

    private static func range(_ text: some StringProtocol) -> Range<UInt64>? {
        let edges = text.split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0, radix: 16) }
        guard edges.count == 2, let lower = edges[0], let upper = edges[1], lower <= upper else { return nil }
        return lower..<upper
    }
}

extension PageClass {
    fileprivate var letter: Character {
        switch self {
        case .kernel: "k"
        case .zero: "z"
        case .cache: "c"
        case .privateCache: "p"
        case .anonymous: "a"
        case .slab: "s"
        case .free: "f"
        }
    }
}
