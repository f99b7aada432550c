import FadumpKernel
import KernelProfile
import PhysicalMemory
import SyntheticKernel

extension MachineState {
    var status: StatusReport {
        let configuration = configuration
        let kernel = kernel
        return StatusReport(
            name: configuration.name,
            power: powerWord,
            boot: boot,
            kernel: configuration.kernel.name,
            release: configuration.effectiveKernel.release,
            endian: configuration.effectiveEndianness.rawValue,
            pageSize: configuration.pageSize,
            dumpArchitecture: configuration.dumpArchitecture.name,
            platform: configuration.platform.rawValue,
            firmware: firmwareWord,
            clock: configuration.clock.rawValue,
            seed: configuration.seed,
            commandLine: kernel?.commandLine.text ?? configuration.commandLine,
            cpus: hardware.onlineCPUs,
            maximumCPUs: configuration.effectiveMaximumCPUs,
            memory: hardware.ram.map.total,
            memoryMap: MemoryMapSyntax.text(hardware.ram.map),
            firmwareMemory: firmwareMemory,
            image: image,
            memoryAllocated: hardware.ram.allocated,
            pages: kernel == nil ? nil : kernelMemory?.plan.map(Self.pages),
            uptimeMicroseconds: kernel == nil ? 0 : hardware.uptime,
            fadump: kernel?.status,
            area: kernel.flatMap(Self.area),
            vmcoreSize: vmcore?.core.size,
            vmcoreMode: vmcore?.delivery.mode,
            vmcoreModeReason: vmcore?.delivery.reason,
            kdumpReserved: kernel?.crashKernelRange?.count,
            kdumpStart: kernel?.crashKernelRange?.start.rawValue,
            kdumpLoaded: kernel?.isKdumpLoaded ?? false,
            origins: configuration.originTexts
        )
    }

    private var image: StatusReport.Image? {
        guard let image = configuration.image else { return nil }
        let total = hardware.ram.map.total
        let missing = total - min(total, image.presentBytes)
        return StatusReport.Image(
            file: image.path,
            format: image.description.format.rawValue,
            flattened: image.description.isFlattened,
            present: image.presentBytes,
            missingPages: (missing + configuration.pageSize - 1) / configuration.pageSize
        )
    }

    private static func pages(_ plan: PagePlan) -> [String: UInt64] {
        let counts = plan.counts
        return Dictionary(uniqueKeysWithValues: PageClass.allCases.map { ($0.word, counts[$0]) })
    }

    private static func area(_ kernel: FadumpKernel) -> StatusReport.Area? {
        guard let area = kernel.reservedArea else { return nil }
        return StatusReport.Area(
            start: area.start,
            size: area.size,
            bootMemorySize: area.bootMemorySize,
            sections: kernel.areaSections.map {
                StatusReport.Section(name: $0.name, start: $0.start, size: $0.size, dumped: $0.dumped)
            },
            heldFrom: kernel.heldFrom
        )
    }

    /// Of the firmwares only `none` says something of a bare machine.
    private var firmwareWord: String {
        let isOPAL = configuration.platform == .powernv && configuration.firmware != .none
        return isOPAL ? "opal" : configuration.firmware.rawValue
    }

    private var firmwareMemory: String? {
        let ranges = hardware.firmware.reservedRanges
        guard !ranges.isEmpty, let map = try? MemoryMap(ranges) else { return nil }
        return MemoryMapSyntax.text(map)
    }

    private var powerWord: String {
        switch power {
        case .off: "off"
        case .resetting: "resetting"
        case .running: kernel?.crash == nil ? "running" : "crashed"
        }
    }
}
