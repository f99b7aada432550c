/// How a machine's memory is filled: a seed that all contents follow from, and the shares of each class of pages.
public struct MemoryFill: Sendable, Hashable {
    public var seed: UInt64
    public var shares: PageShares

    public init(seed: UInt64, shares: PageShares = .standard) {
        self.seed = seed
        self.shares = shares
    }

    /// Why a text says no fill.
    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        public var description: String
    }

    /// Reads `seed:7` or `seed:7,zero=30,cache=20,user=25,free=20`: what is left is the kernel's own.
    public init(parsing text: String) throws(Failure) {
        let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard let first = words.first, first.hasPrefix("seed:"), let seed = UInt64(first.dropFirst(5)) else {
            throw Failure(description: "must begin with a seed: \(Self.usage)")
        }
        var shares: [PageClass: Int] = [:]
        for word in words.dropFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2,
                let pageClass = Self.classes.first(where: { $0.word == parts[0] })
            else { throw Failure(description: "'\(word)' is no share; \(Self.usage)") }
            guard let share = Int(parts[1]), (0...100).contains(share) else {
                throw Failure(description: "'\(word)': a share is a whole number of per cent, 0 to 100")
            }
            guard shares[pageClass] == nil else { throw Failure(description: "'\(parts[0])' is there twice") }
            shares[pageClass] = share
        }
        guard words.count > 1 else {
            self.init(seed: seed)
            return
        }
        guard let shares = PageShares(shares) else {
            throw Failure(description: "the shares are more than 100 per cent together")
        }
        self.init(seed: seed, shares: shares)
    }

    /// What can be said.
    public static let usage =
        "seed:N[,SHARE=PERCENT...]; shares are zero, cache, private, user, slab and free, the rest is the kernel's"

    /// Those that a share can be asked for.
    private static let classes = PageClass.allCases.filter { $0 != .kernel }

    /// The pattern of its pages.
    public var mix: PageMix { shares.mix(seed: seed) }
}

extension MemoryFill: CustomStringConvertible {
    /// As `init(parsing:)` reads it.
    public var description: String {
        let words = Self.classes.map { "\($0.word)=\(shares[$0])" }
        return (["seed:\(seed)"] + (shares == .standard ? [] : words)).joined(separator: ",")
    }
}
