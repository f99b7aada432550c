import FadumpKernel
import KernelProfile

extension MachineState {
    var status: StatusReport {
        let configuration = configuration
        let kernel = kernel
        return StatusReport(
            name: configuration.name,
            power: powerWord,
            boot: boot,
            kernel: configuration.kernel.name,
            release: configuration.kernel.release,
            endian: configuration.effectiveEndianness.rawValue,
            pageSize: configuration.pageSize,
            firmware: configuration.firmware.rawValue,
            clock: configuration.clock.rawValue,
            seed: configuration.seed,
            commandLine: kernel?.commandLine.text ?? configuration.commandLine,
            cpus: hardware.onlineCPUs,
            maximumCPUs: configuration.maximumCPUs,
            memory: hardware.ram.map.total,
            memoryMap: MemoryMapSyntax.text(hardware.ram.map),
            memoryAllocated: hardware.ram.allocated,
            uptimeMicroseconds: kernel == nil ? 0 : hardware.uptime,
            fadump: kernel?.status,
            area: kernel?.reservedArea.map {
                StatusReport.Area(start: $0.start, size: $0.size, bootMemorySize: $0.bootMemorySize)
            },
            vmcoreSize: vmcore?.core.size,
            kdumpReserved: kernel?.crashKernelRange?.count,
            kdumpLoaded: kernel?.isKdumpLoaded ?? false
        )
    }

    private var powerWord: String {
        switch power {
        case .off: "off"
        case .resetting: "resetting"
        case .running(let kernel): kernel.crash == nil ? "running" : "crashed"
        }
    }
}
