/// A run of physical addresses: `start` included, `end` not. Never wraps.
public struct AddressRange: Hashable, Sendable {
    public let start: PhysicalAddress
    public let count: UInt64

    /// Nil where the range would reach beyond the address space.
    public init?(start: PhysicalAddress, count: UInt64) {
        guard !start.rawValue.addingReportingOverflow(count).overflow else { return nil }
        self.start = start
        self.count = count
    }

    /// The addresses from `lower` up to, not including, `upper`; empty where `upper` is not above `lower`.
    public init(_ lower: PhysicalAddress, upTo upper: PhysicalAddress) {
        start = lower
        count = upper > lower ? upper.rawValue - lower.rawValue : 0
    }

    public var end: PhysicalAddress { PhysicalAddress(start.rawValue + count) }
    public var isEmpty: Bool { count == 0 }

    /// Whether `address` lies in it.
    public func contains(_ address: PhysicalAddress) -> Bool { address >= start && address < end }
    /// Whether all of `other` lies in it.
    public func contains(_ other: AddressRange) -> Bool { other.start >= start && other.end <= end }
    /// Whether the two share an address.
    public func overlaps(_ other: AddressRange) -> Bool { !intersection(other).isEmpty }

    /// What the two share; empty where nothing.
    public func intersection(_ other: AddressRange) -> AddressRange {
        AddressRange(max(start, other.start), upTo: min(end, other.end))
    }

    /// What is left of this range without `other`: none, one or two ranges, in order.
    public func subtracting(_ other: AddressRange) -> [AddressRange] {
        guard overlaps(other) else { return isEmpty ? [] : [self] }
        return [AddressRange(start, upTo: other.start), AddressRange(other.end, upTo: end)]
            .filter { !$0.isEmpty }
    }
}

extension AddressRange {
    /// Ascending, with those that touch or overlap made one, and none that is empty.
    public static func joined(_ ranges: [AddressRange]) -> [AddressRange] {
        var joined: [AddressRange] = []
        for range in ranges.filter({ !$0.isEmpty }).sorted(by: { $0.start < $1.start }) {
            if let last = joined.last, range.start <= last.end {
                joined[joined.count - 1] = AddressRange(last.start, upTo: max(last.end, range.end))
            } else {
                joined.append(range)
            }
        }
        return joined
    }
}

extension AddressRange: CustomStringConvertible {
    public var description: String { "\(start)-0x\(String(end.rawValue, radix: 16))" }
}
