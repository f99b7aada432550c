/// An address in the simulated machine's real address space.
public struct PhysicalAddress: RawRepresentable, Hashable, Comparable, Sendable {
    public var rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// The address `count` bytes further on, modulo 2^64: kernels compute with wrapping unsigned numbers, and
    /// some of them do wrap.
    public static func &+ (address: Self, count: UInt64) -> Self { Self(address.rawValue &+ count) }
}

extension PhysicalAddress: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: UInt64) { rawValue = value }
}

extension PhysicalAddress: CustomStringConvertible {
    public var description: String { "0x" + String(rawValue, radix: 16) }
}
