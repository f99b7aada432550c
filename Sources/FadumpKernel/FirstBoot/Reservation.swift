import KernelProfile
import PhysicalMemory
import PowerFirmware

extension FadumpKernel {
    /// Reserves memory for fadump; false where kdump may have its turn.
    ///
    /// Source: `fadump_reserve_mem` (Linux 3.4, fadump.c).
    mutating func reserveMemory(_ parameters: BootParameters, _ hardware: Hardware) -> Bool {
        let firmware = hardware.firmware
        let waiting = firmware.waitingDump
        guard firmware.supportsDump else {
            state = .unsupported
            if parameters.fadumpEnabled { print(profile.messages.notSupported, hardware) }
            limitMemory(parameters.memoryLimit)
            return false
        }
        guard parameters.fadumpEnabled else {
            state = .disabled
            limitMemory(parameters.memoryLimit)
            return false
        }
        let sizes = AreaSizes(
            bootMemorySize: bootMemorySize(parameters, waiting, hardware),
            cpuSize: firmware.cpuSectionSize,
            hpteSize: firmware.hpteSectionSize,
            headerSize: UInt64(CrashInfoHeader.byteCount(profile)),
            memoryRanges: memory.ranges.count,
            pageSize: pageSize
        )
        let boundary = memoryBoundary(parameters, sizes, hardware)

        if let waiting {
            hold(waiting, sizes, boundary: boundary, hardware)
            return true
        }
        let start = boundary &- sizes.total
        let fits = sizes.total <= boundary && start >= sizes.bootMemorySize
        guard fits || !profile.reservation.mustFit else {
            print(profile.messages.reservationFailed, hardware)
            state = .disabled
            return false
        }
        state = .unregistered(sizes.area(at: start))
        print(profile.messages.areaReserved(sizes.total, start), hardware)
        return true
    }

    /// Boot memory in bytes: what the waiting dump says, else what the command line says, else the share of RAM.
    private func bootMemorySize(
        _ parameters: BootParameters,
        _ waiting: DumpMemoryStructure?,
        _ hardware: Hardware
    ) -> UInt64 {
        if let dumped = waiting?.sections.first(where: { $0.sourceDataType == .realModeRegion }) {
            return dumped.sourceLength
        }
        if let asked = parameters.reserveMemory, asked != 0 { return asked }
        return profile.bootMemory.automaticSize(
            memoryEnd: memory.end.rawValue,
            limit: parameters.memoryLimit,
            realModeArea: realModeArea
        )
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
        limitMemory(limit)
        return limit
    }

    /// Keeps the memory of a waiting dump away from everything else.
    private mutating func hold(
        _ structure: DumpMemoryStructure,
        _ sizes: AreaSizes,
        boundary: UInt64,
        _ hardware: Hardware
    ) {
        for message in profile.messages.dumpActive { print(message, hardware) }
        let start = structure.sections.first?.destinationAddress ?? boundary
        let heldFrom = sizes.bootMemorySize
        state = .waiting(
            WaitingDump(structure: structure, area: sizes.area(at: start), heldFrom: heldFrom, core: nil)
        )
        print(profile.messages.dumpReserved(boundary &- heldFrom, heldFrom), hardware)
    }

    mutating func limitMemory(_ limit: UInt64?) {
        if let limit { memory = memory.limited(to: PhysicalAddress(limit)) }
    }
}
