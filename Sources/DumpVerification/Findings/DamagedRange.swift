import PhysicalMemory
import SyntheticKernel

/// Memory that is missing, wrong or unreadable in a dump: pages that follow one another and are of one kind.
public struct DamagedRange: Sendable, Hashable {
    public var state: PageState
    public var range: AddressRange
    public var pages: UInt64
    /// What the pages were used for; nil where nobody knows.
    public var pageClass: PageClass?
    /// What is the matter with the first of them; nil where there is no more to say.
    public var detail: String?
}

/// The damage of a dump in the order of addresses, with neighbours made one: not more than so many ranges.
public struct DamageList: Sendable, Hashable {
    public private(set) var ranges: [DamagedRange] = []
    /// How many more there are than are listed.
    public private(set) var leftOut: UInt64 = 0
    private var last: DamagedRange?
    private let limit: Int

    init(limit: Int) { self.limit = max(0, limit) }

    mutating func add(_ damage: DamagedRange) {
        if let before = last, before.state == damage.state, before.pageClass == damage.pageClass,
            before.range.end == damage.range.start
        {
            var both = before
            both.range = AddressRange(before.range.start, upTo: damage.range.end)
            both.pages &+= damage.pages
            last = both
            if leftOut == 0, !ranges.isEmpty { ranges[ranges.count - 1] = both }
            return
        }
        last = damage
        if ranges.count < limit { ranges.append(damage) } else { leftOut &+= 1 }
    }
}
