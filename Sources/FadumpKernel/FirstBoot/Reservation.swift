import KernelProfile
import PhysicalMemory
import PowerFirmware

extension FadumpKernel {
    /// Reserves memory for fadump; false where kdump may have its turn.
    ///
    /// Source: `fadump_reserve_mem` (Linux 3.4 to 7.2, fadump.c).
    mutating func reserveMemory(
        _ parameters: BootParameters,
        _ waiting: DumpMemoryStructure?,
        _ hardware: inout Hardware
    ) -> Bool {
        let reserved = reserve(parameters, waiting, &hardware)
        if !reserved { limitMemory(parameters.memoryLimit) }
        return reserved
    }

    private mutating func reserve(
        _ parameters: BootParameters,
        _ waiting: DumpMemoryStructure?,
        _ hardware: inout Hardware
    ) -> Bool {
        let firmware = hardware.firmware
        guard profile.build.hasFadump else {
            state = .unsupported
            return false
        }
        guard firmware.supportsDump else {
            state = .unsupported
            if parameters.fadumpEnabled { print(profile.messages.notSupported, hardware) }
            return false
        }
        hasReleaseFile = waiting != nil && profile.interface.releaseFile == .anyDump
        state = .disabled
        guard parameters.fadumpEnabled, let bootMemory = bootMemory(parameters, waiting, hardware) else {
            return false
        }
        let sizes = AreaSizes(
            bootMemory: bootMemory,
            cpuSize: firmware.cpuSectionSize,
            hpteSize: firmware.hpteSectionSize,
            headerSize: UInt64(CrashInfoHeader.byteCount(profile)),
            memoryRanges: memory.joined.count,
            pageSize: pageSize,
            contents: profile.reservation.contents,
            metadataSize: profile.reservation.metadataSize.alignedUp(to: pageSize)
        )
        let boundary = memoryBoundary(parameters, sizes, hardware)
        defer { if parameters.memoryLimit != nil { limitMemory(boundary) } }
        if let waiting {
            hold(waiting, sizes, boundary: boundary, hardware)
            return true
        }
        guard let start = start(of: sizes, boundary: boundary, firmware.reservedRanges) else {
            print(profile.messages.reservationFailed, hardware)
            if profile.reservation.failure == .leavesEnabled { state = .unreserved }
            return false
        }
        let area = sizes.area(at: start)
        guard platform.setUp(area, &self, &hardware) else { return false }
        state = .unregistered(area)
        print(profile.messages.areaReserved(sizes.total, start, memory.total), hardware)
        return true
    }

    /// Lends the area to applications, once everything else has its place.
    ///
    /// Source: `fadump_cma_init`; recorded from 7.2.13 behind the search for room for parameters.
    mutating func lendArea(_ parameters: BootParameters, _ hardware: Hardware) {
        guard case .unregistered(let area) = state, lendsArea(parameters),
            let message = profile.messages.cmaInitialized
        else { return }
        print(message(area.start, area.size, area.bootMemorySize), hardware)
        lentBytes = area.bootMemorySize
    }

    /// Where the area goes; nil where there is no place for it.
    private func start(of sizes: AreaSizes, boundary: UInt64, _ taken: [AddressRange]) -> UInt64? {
        let size = sizes.total
        let behind = sizes.bootMemory.last?.end.rawValue ?? 0
        switch profile.reservation.placement {
        case .top(let mustFit):
            let start = boundary &- size
            let fits = size <= boundary && start >= behind
            return fits || !mustFit ? start : nil
        case .steps:
            guard size > 0, size <= boundary else { return nil }
            var start = sizes.bootMemorySize
            while start <= boundary - size {
                if let range = AddressRange(start: PhysicalAddress(start), count: size),
                    memory.contains(range)
                {
                    return start
                }
                start += size
            }
            return nil
        case .lowest:
            for range in memory.joined.flatMap({ range in taken.reduce([range]) { $0.subtracting($1) } }) {
                let start = max(behind.alignedUp(to: pageSize), range.start.rawValue)
                guard start < range.end.rawValue, range.end.rawValue - start >= size else { continue }
                return start + size <= boundary ? start : nil
            }
            return nil
        }
    }

    /// The end of the memory that fadump may use. A memory limit below the end of RAM is raised so that the
    /// area lies above what the user asked for.
    private mutating func memoryBoundary(
        _ parameters: BootParameters,
        _ sizes: AreaSizes,
        _ hardware: Hardware
    ) -> UInt64 {
        let end = memory.end.rawValue
        guard var limit = parameters.memoryLimit else { return end }
        if profile.reservation.raisesMemoryLimit, limit < end {
            limit = limit &+ sizes.total < end ? limit &+ sizes.total : end
            print(profile.messages.memoryLimitAdjusted(limit), hardware)
        }
        return limit
    }

    /// Keeps the memory of a waiting dump away from everything else.
    private mutating func hold(
        _ structure: DumpMemoryStructure,
        _ sizes: AreaSizes,
        boundary: UInt64,
        _ hardware: Hardware
    ) {
        print(profile.messages.dumpActive, hardware)
        let start = structure.sections.first?.destinationAddress ?? boundary
        var area = sizes.area(at: start)
        area.parameterArea = structure.parameterArea
        let heldFrom = area.bootMemoryTop
        state = .waiting(WaitingDump(structure: structure, area: area, heldFrom: heldFrom, core: nil))
        for held in heldMemory(from: heldFrom, upTo: boundary) {
            print(profile.messages.dumpReserved(held.size, held.start), hardware)
        }
    }

    mutating func limitMemory(_ limit: UInt64?) {
        if let limit { memory = memory.limited(to: PhysicalAddress(limit)) }
    }
}
