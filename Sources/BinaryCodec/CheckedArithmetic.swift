/// Arithmetic on sizes and addresses that come from outside: it throws where the operators would trap.
extension FixedWidthInteger {
    /// The sum; `.overflow` naming `what` where it does not fit.
    public func adding(_ other: Self, _ what: String) throws(BinaryError) -> Self {
        let (result, overflow) = addingReportingOverflow(other)
        guard !overflow else { throw .overflow(what) }
        return result
    }

    /// The difference; `.overflow` naming `what` where it does not fit.
    public func subtracting(_ other: Self, _ what: String) throws(BinaryError) -> Self {
        let (result, overflow) = subtractingReportingOverflow(other)
        guard !overflow else { throw .overflow(what) }
        return result
    }

    /// The product; `.overflow` naming `what` where it does not fit.
    public func multiplied(by other: Self, _ what: String) throws(BinaryError) -> Self {
        let (result, overflow) = multipliedReportingOverflow(by: other)
        guard !overflow else { throw .overflow(what) }
        return result
    }
}

extension UInt64 {
    /// The smallest multiple of `alignment` (a power of two) that is not below this value, modulo 2^64, as
    /// the kernel's ALIGN computes it.
    public func alignedUp(to alignment: UInt64) -> UInt64 { (self &+ (alignment &- 1)) & ~(alignment &- 1) }

    /// The largest multiple of `alignment` (a power of two) that is not above this value.
    public func alignedDown(to alignment: UInt64) -> UInt64 { self & ~(alignment &- 1) }

    /// Whether this value is a multiple of `alignment` (a power of two).
    public func isAligned(to alignment: UInt64) -> Bool { self & (alignment &- 1) == 0 }
}
