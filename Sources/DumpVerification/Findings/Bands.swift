import CrashTruth
import PhysicalMemory

/// Memory from one address to another in a row of equal bands, each with how much of it is in which state: what a
/// picture of a dump is drawn from. Bounded, whatever the size of memory.
public struct Bands: Sendable, Hashable {
    public let range: AddressRange
    /// Bytes of each state in each band.
    public private(set) var bands: [StateCounts]
    /// Bytes that a band stands for; the last one may stand for fewer.
    public let width: UInt64

    /// At most `count` bands of whole pages.
    public init(_ range: AddressRange, count: Int, pageSize: UInt64) {
        self.range = range
        let (pages, number) = (range.pageCount(pageSize), UInt64(max(1, count)))
        width = max(1, pages / number + (pages % number == 0 ? 0 : 1)) * pageSize
        bands = Array(repeating: StateCounts(), count: Int((max(1, range.count) - 1) / width) + 1)
    }

    /// The memory that a band stands for.
    public func range(of band: Int) -> AddressRange {
        let start = range.start &+ UInt64(band) &* width
        return AddressRange(start, upTo: min(start &+ width, range.end))
    }

    /// Notes memory of one state, which lies in the range of the picture.
    mutating func note(_ state: PageState, _ part: Range<UInt64>) {
        var position = part.lowerBound
        while position < part.upperBound, position >= range.start.rawValue {
            let band = Int((position - range.start.rawValue) / width)
            guard band < bands.count else { return }
            let end = min(part.upperBound, range(of: band).end.rawValue)
            bands[band][state] &+= end - position
            position = end
        }
    }
}
