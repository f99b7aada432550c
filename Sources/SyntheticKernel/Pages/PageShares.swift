/// How much of a filled machine's memory each class of pages has, in per cent.
public struct PageShares: Sendable, Hashable {
    /// The shares of all classes but the kernel's own, which have what is left.
    public private(set) var shares: [PageClass: Int]

    /// What a machine has that is asked for no shares: something of everything.
    public static let standard = PageShares(
        unchecked: [.zero: 20, .cache: 20, .privateCache: 5, .anonymous: 25, .slab: 5, .free: 15]
    )

    /// Nil where a share is negative, or all of them are more than 100.
    public init?(_ shares: [PageClass: Int]) {
        var sum = 0
        for (pageClass, share) in shares where pageClass != .kernel {
            guard (0...100).contains(share) else { return nil }
            sum += share
        }
        guard sum <= 100 else { return nil }
        self.shares = shares.filter { $0.key != .kernel }
    }

    private init(unchecked shares: [PageClass: Int]) { self.shares = shares }

    /// The share of a class in per cent.
    public subscript(_ pageClass: PageClass) -> Int {
        if pageClass == .kernel { return 100 - shares.values.reduce(0, +) }
        return shares[pageClass] ?? 0
    }

    /// The pattern of blocks with these shares: 100 blocks, mingled, turned by the seed.
    public func mix(seed: UInt64) -> PageMix {
        let places = PageClass.allCases.flatMap { Array(repeating: $0, count: self[$0]) }
        return PageMix(places, stride: 37, start: seed) ?? .allFree
    }
}
