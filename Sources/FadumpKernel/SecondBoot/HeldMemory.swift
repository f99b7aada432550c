import KernelProfile
import PhysicalMemory

extension FadumpKernel {
    /// What the early boot code keeps for a waiting dump from `start` on, as it prints it: a start and a size in bytes
    /// for each line. `boundary` is the end of the memory that fadump may use.
    ///
    /// Source: `fadump_reserve_mem` (Linux 3.4), `fadump_reserve_crash_area` (4.19, 5.4).
    func heldMemory(from start: UInt64, upTo boundary: UInt64) -> [(start: UInt64, size: UInt64)] {
        switch profile.capture.holding {
        case .whole:
            return [(start, boundary &- start)]
        case .ranges:
            let held = AddressRange(PhysicalAddress(start), upTo: PhysicalAddress(boundary))
            return memory.joined.map { $0.intersection(held) }.filter { !$0.isEmpty }
                .map { ($0.start.rawValue, $0.count) }
        case .rangesFromEnd:
            return memory.joined.filter { $0.end.rawValue >= start }.map { range in
                let first = max(range.start.rawValue, start)
                return (first, range.end.rawValue - first)
            }
        }
    }
}
