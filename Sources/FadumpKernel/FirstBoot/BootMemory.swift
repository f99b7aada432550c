import BinaryCodec
import KernelProfile
import PhysicalMemory
import PowerFirmware

extension FadumpKernel {
    /// The memory that a capture kernel boots in: what the waiting dump says, else what the command line asks for,
    /// else the kernel's own share of RAM. Nil where fadump cannot be had with it, which is in the log then.
    ///
    /// Source: `fadump_reserve_mem`, `fadump_calculate_reserve_size`, `fadump_get_boot_mem_regions` (Linux 3.4 to 7.2).
    mutating func bootMemory(
        _ parameters: BootParameters,
        _ waiting: DumpMemoryStructure?,
        _ hardware: Hardware
    ) -> [AddressRange]? {
        let dumped = waiting?.sections.filter { $0.sourceDataType == .realModeRegion } ?? []
        guard dumped.isEmpty else {
            return dumped.compactMap {
                AddressRange(start: PhysicalAddress($0.sourceAddress), count: $0.sourceLength)
            }
        }
        let rules = profile.bootMemory
        var size = wantedSize(parameters, hardware)
        if rules.roundsToPages { size = size.alignedUp(to: pageSize) }
        if rules.cmaAlignment > 0, lendsArea(parameters) { size = size.alignedUp(to: rules.cmaAlignment) }
        let least = rules.least(realModeArea: realModeArea)
        if rules.enforcesMinimum, size < least {
            if let message = profile.messages.bootMemory?.tooSmall { print(message(size, least), hardware) }
            return nil
        }
        guard let most = rules.maximumRegions else {
            return [AddressRange(0, upTo: PhysicalAddress(size))]
        }
        let ranges = lowest(size)
        guard ranges.count <= most else {
            if let message = profile.messages.bootMemory?.tooManyHoles { print(message, hardware) }
            return nil
        }
        return ranges
    }

    /// Whether the area is lent to applications while nothing crashes.
    func lendsArea(_ parameters: BootParameters) -> Bool {
        profile.reservation.usesCMA && profile.build.hasCMA && !parameters.keepsArea
    }

    private mutating func wantedSize(_ parameters: BootParameters, _ hardware: Hardware) -> UInt64 {
        let rules = profile.bootMemory
        let asked = parameters.reserveMemory.flatMap { $0 == 0 ? nil : $0 }
        if rules.takesCrashKernelSize, let messages = profile.messages.bootMemory {
            if asked != nil { print(messages.deprecated, hardware) }
            if let crashKernel = parameters.crashKernel {
                if asked != nil { print(messages.crashKernelWins, hardware) }
                let most = memory.total / max(1, rules.crashKernelCapDivisor)
                guard crashKernel.size > most else { return crashKernel.size }
                print(messages.capped(most), hardware)
                return most
            }
        }
        return asked
            ?? rules.automaticSize(
                memory: memory.total,
                memoryEnd: memory.end.rawValue,
                limit: parameters.memoryLimit,
                realModeArea: realModeArea
            )
    }

    /// The lowest `size` bytes of memory, holes left out; neighbouring ranges are one this early.
    private func lowest(_ size: UInt64) -> [AddressRange] {
        var ranges: [AddressRange] = []
        var rest = size
        for range in memory.joined where rest > 0 {
            let part = AddressRange(
                range.start,
                upTo: PhysicalAddress(range.start.rawValue + min(rest, range.count))
            )
            ranges += part.cut(into: profile.bootMemory.largestRegion?.alignedDown(to: pageSize))
            rest -= part.count
        }
        return ranges
    }
}

extension AddressRange {
    /// The same in pieces of at most `size` bytes; nil does not cut.
    fileprivate func cut(into size: UInt64?) -> [AddressRange] {
        guard let size, size > 0, count > size else { return [self] }
        return stride(from: start.rawValue, to: end.rawValue, by: UInt64.Stride(clamping: size)).map {
            first in
            AddressRange(PhysicalAddress(first), upTo: min(end, PhysicalAddress(first + size)))
        }
    }
}

extension Sequence where Element == AddressRange {
    /// All of it without `other`.
    func subtracting(_ other: AddressRange) -> [AddressRange] { flatMap { $0.subtracting(other) } }
}

extension MemoryMap {
    /// The ranges as the kernel has them before it knows of memory nodes: those that touch are one.
    var joined: [AddressRange] {
        ranges.reduce(into: []) { result, range in
            if let last = result.last, last.end == range.start {
                result[result.count - 1] = AddressRange(last.start, upTo: range.end)
            } else {
                result.append(range)
            }
        }
    }
}
