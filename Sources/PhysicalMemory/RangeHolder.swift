/// Something that stands for a range of addresses. Lists of them are in ascending order, and none overlaps another.
protocol RangeHolder {
    var range: AddressRange { get }
}

extension AddressRange: RangeHolder {
    var range: AddressRange { self }
}

extension Extent: RangeHolder {}

extension RandomAccessCollection where Element: RangeHolder, Index == Int {
    /// The index of the first element that ends behind the start of `window`, and may overlap it.
    func index(of window: AddressRange) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if self[middle].range.end <= window.start { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The indices of the elements that overlap `window`.
    func indices(overlapping window: AddressRange) -> Range<Int> {
        let first = index(of: window)
        guard !window.isEmpty else { return first..<first }
        var low = first
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if self[middle].range.start < window.end { low = middle + 1 } else { high = middle }
        }
        return first..<low
    }
}

extension [AddressRange] {
    /// The first of these, in ascending order and without overlaps, that ends behind `address`.
    public func first(endingBehind address: PhysicalAddress) -> AddressRange? {
        let index = index(of: AddressRange(address, upTo: address))
        return index < count ? self[index] : nil
    }

    /// What is left of these without `others`, both in ascending order and without overlaps.
    public func subtracting(_ others: [AddressRange]) -> [AddressRange] {
        var result: [AddressRange] = []
        for range in self {
            var position = range.start
            for other in others[others.indices(overlapping: range)] {
                if other.start > position { result.append(AddressRange(position, upTo: other.start)) }
                position = other.end
            }
            if position < range.end { result.append(AddressRange(position, upTo: range.end)) }
        }
        return result
    }
}
