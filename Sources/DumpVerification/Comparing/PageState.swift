import PhysicalMemory
import SyntheticKernel

/// What a dump has of a page that it could have.
public enum PageState: Int, Sendable, Hashable, CaseIterable {
    /// Its bytes, and they are right.
    case right
    /// Nothing, and that is allowed at the dump's level.
    case filtered
    /// Nothing, though it had to be there.
    case missing
    /// Bytes, but not those that memory held.
    case wrong
    /// A place for it in a file that ends before, or that cannot be decoded there.
    case unreadable

    /// Whether a dump with such a page is not what it has to be.
    public var isDamage: Bool { self != .right && self != .filtered }

    public var name: String {
        switch self {
        case .right: "right"
        case .filtered: "filtered"
        case .missing: "missing"
        case .wrong: "wrong"
        case .unreadable: "unreadable"
        }
    }
}

/// How many pages there are of each state.
public struct StateCounts: Sendable, Hashable {
    private var numbers = [UInt64](repeating: 0, count: PageState.allCases.count)

    public init() {}

    public subscript(_ state: PageState) -> UInt64 {
        get { numbers[state.rawValue] }
        set { numbers[state.rawValue] = newValue }
    }

    public var total: UInt64 { numbers.reduce(0, &+) }
    public var damaged: UInt64 { PageState.allCases.filter(\.isDamage).reduce(0) { $0 &+ self[$1] } }
}

/// The parts of a page that lie in one segment: all of it, but where a segment begins or ends inside a page.
///
/// Everything is judged in these units; they are called pages where nobody needs to know.
struct PageUnits {
    let pageSize: UInt64

    /// The end of the unit that begins at `address` in memory that ends at `end`.
    func end(of address: UInt64, in end: UInt64) -> UInt64 {
        let (next, overflow) = (address | (pageSize - 1)).addingReportingOverflow(1)
        return overflow ? end : min(next, end)
    }

    /// How many units there are in a run of memory.
    func count(_ range: Range<UInt64>) -> UInt64 {
        guard !range.isEmpty else { return 0 }
        return (range.upperBound - 1) / pageSize - range.lowerBound / pageSize + 1
    }
}
