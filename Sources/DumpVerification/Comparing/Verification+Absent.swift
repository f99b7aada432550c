import DumpFormats
import PhysicalMemory
import SyntheticKernel

extension Verification {
    /// Judges memory that the dump does not have.
    mutating func judgeAbsent(_ range: Range<UInt64>) throws(DumpFailure) {
        var position = range.lowerBound
        while position < range.upperBound {
            // Without a plan all that counts is whether pages are zeros, of which there may be very many.
            if plan == nil {
                let zeros = comparator.zeros(from: position, upTo: range.upperBound)
                let end = zeros == range.upperBound ? zeros : zeros & ~(comparator.units.pageSize - 1)
                if end > position {
                    judgeAbsent(position..<end, nil, isZero: true)
                    position = end
                    continue
                }
            }
            let end = comparator.units.end(of: position, in: range.upperBound)
            let pageClass = pageClass(at: position)
            let isAllowed = pageClass?.mayBeMissing(atLevel: level) ?? false
            let isZero = isAllowed || level & 1 == 0 ? false : try comparator.isZero(position..<end)
            judgeAbsent(position..<end, pageClass, isZero: isZero)
            position = end
        }
    }

    /// Memory of one class, of which it is known whether it is zeros.
    private mutating func judgeAbsent(_ range: Range<UInt64>, _ pageClass: PageClass?, isZero: Bool) {
        let isAllowed = pageClass?.mayBeMissing(atLevel: level) ?? false
        let pages = comparator.units.count(range)
        if isAllowed || isZero && level & 1 == 1 {
            result.filtered[isAllowed ? pageClass : .zero, default: 0] &+= pages
            add(.filtered, range)
        } else {
            result.missing[pageClass, default: 0] &+= pages
            add(.missing, range, pageClass)
        }
    }

    /// What the page at an address was used for.
    func pageClass(at address: UInt64) -> PageClass? {
        plan?.pageClass(of: address / comparator.units.pageSize)
    }

    /// Notes that whole units are in a state.
    mutating func add(
        _ state: PageState,
        _ range: Range<UInt64>,
        _ pageClass: PageClass? = nil,
        _ detail: String? = nil
    ) {
        let pages = comparator.units.count(range)
        result.pages[state] &+= pages
        result.bytes[state] &+= range.upperBound - range.lowerBound
        result.bands.note(state, range)
        guard state.isDamage else { return }
        result.damage.add(
            DamagedRange(
                state: state,
                range: AddressRange(
                    PhysicalAddress(range.lowerBound),
                    upTo: PhysicalAddress(range.upperBound)
                ),
                pages: pages,
                pageClass: pageClass,
                detail: detail
            )
        )
    }
}

extension UInt64 {
    /// The multiple of a page's size at or below this, unless that is not above `start`.
    func alignedToPage(_ size: UInt64, from start: UInt64) -> UInt64 {
        let aligned = self & ~(size - 1)
        return aligned > start ? aligned : self
    }
}

extension AddressRange {
    /// This range with the rest of its first and last page.
    func widened(to pageSize: UInt64) -> AddressRange {
        let first = start.rawValue & ~(pageSize - 1)
        let (end, overflow) = end.rawValue.addingReportingOverflow(pageSize - 1)
        let last = overflow ? .max : end & ~(pageSize - 1)
        return AddressRange(PhysicalAddress(first), upTo: PhysicalAddress(last))
    }
}
