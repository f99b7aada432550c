/// Finds the smallest size that works, by trying.
///
/// Sizes are multiples of `step`. A size that fails, fails for everything below it.
struct Bisection {
    let step: UInt64
    /// No size above this one can be tried.
    let limit: UInt64

    /// Tries sizes from `start` on: doubled until one works, then halved towards the largest that fails.
    ///
    /// `works` is called for every size that is tried, and for none twice. Returns nil where no size up to the limit
    /// works.
    func smallest(from start: UInt64, _ works: (UInt64) throws -> Bool) rethrows -> UInt64? {
        var failing: UInt64 = 0
        var candidate = min(rounded(max(start, step)), limit / step * step)
        guard candidate > 0 else { return nil }
        while try !works(candidate) {
            failing = candidate
            let next = min(candidate * 2, limit / step * step)
            guard next > failing else { return nil }
            candidate = next
        }
        var working = candidate
        while working - failing > step {
            let middle = failing + (working - failing) / step / 2 * step
            if try works(middle) { working = middle } else { failing = middle }
        }
        return working
    }

    private func rounded(_ size: UInt64) -> UInt64 { (size / step + (size % step == 0 ? 0 : 1)) * step }
}
