import KernelProfile
import PhysicalMemory
import PowerFirmware

extension FadumpKernel {
    /// The ranges that the release of a dump gives back, one line in the log each: what was held, without the reserved
    /// dump area, firmware's own, and what is no memory. Counted in whole pages from the one in which a range begins.
    ///
    /// Source: `fadump_release_memory`, `fadump_release_reserved_area` (Linux 4.14 and 5.4).
    func freedMemory(of dump: WaitingDump, _ firmware: PowerFirmware) -> [AddressRange] {
        let held = AddressRange(PhysicalAddress(dump.heldFrom), upTo: memory.end)
        let kept = firmware.reservedRanges + (dump.area.range.map { [$0] } ?? [])
        let parts = kept.reduce([held]) { $0.subtracting($1) }
        return parts.flatMap { freedMemory(in: $0) }
    }

    private func freedMemory(in part: AddressRange) -> [AddressRange] {
        var freed: [AddressRange] = []
        var next = part.start.rawValue.alignedDown(to: pageSize)
        let end = part.end.rawValue.alignedDown(to: pageSize)
        for range in memory.ranges {
            let first = max(next, range.start.rawValue.alignedUp(to: pageSize))
            let last = min(end, range.end.rawValue.alignedDown(to: pageSize))
            guard first < last else { continue }
            freed.append(AddressRange(PhysicalAddress(first), upTo: PhysicalAddress(last)))
            if last == end { break }
            next = profile.capture.freeing == .exact ? last : last &+ pageSize
        }
        return freed
    }
}
