import CrashTruth
import DumpFormats
import PhysicalMemory

/// A page that is wrong, and what a dump has in its place.
struct WrongPage {
    var range: Range<UInt64>
    var hash: PageHash
    var isZero: Bool

    /// Not more than so many are looked for elsewhere.
    static let limit = 4096
}

extension Verification {
    /// Looks for what the wrong pages hold: among memory that was stored, and around the pages that are wrong.
    mutating func findMisplaced() throws(DumpFailure) {
        var wanted: [PageHash: [Int]] = [:]
        for (index, page) in wrong.enumerated() where !page.isZero {
            wanted[page.hash, default: []].append(index)
        }
        guard !wanted.isEmpty else { return }
        var origins: [Int: UInt64] = [:]
        for unit in candidates {
            guard let found = wanted[try comparator.hash(of: unit)] else { continue }
            for index in found where origins[index] == nil { origins[index] = unit.lowerBound }
        }
        let held = Dictionary(
            origins.map { (wrong[$0.key].range.lowerBound, $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        for (address, belongs) in held.sorted(by: { $0.key < $1.key }) {
            result.misplaced.append(
                MisplacedPage(
                    address: PhysicalAddress(address),
                    belongs: PhysicalAddress(belongs),
                    isSwapped: held[belongs] == address
                )
            )
        }
    }

    /// Pages of memory that may be found in another's place: the wrong ones and their neighbours, then all that
    /// were stored.
    private var candidates: some Sequence<Range<UInt64>> {
        let units = comparator.units
        let segments = comparator.truth.truth.segments
        let near = wrong.lazy.flatMap { page in
            (-8...8).lazy.map { page.range.lowerBound &+ UInt64(bitPattern: Int64($0)) &* units.pageSize }
        }
        let stored = comparator.truth.truth.runs.lazy.filter { !$0.isGenerated }.flatMap { run in
            (run.range.start.rawValue / units.pageSize...(run.range.end.rawValue - 1) / units.pageSize).lazy
                .map { $0 * units.pageSize }
        }
        return [AnySequence(near), AnySequence(stored)].lazy.joined().compactMap { start -> Range<UInt64>? in
            let page = start & ~(units.pageSize - 1)
            let address = PhysicalAddress(start)
            guard let segment = segments.first(endingBehind: address), segment.contains(address) else {
                return nil
            }
            let first = max(page, segment.start.rawValue)
            return first..<units.end(of: first, in: segment.end.rawValue)
        }
    }
}
