import KernelProfile
import PhysicalMemory
import PowerFirmware

extension FadumpKernel {
    /// Boots a kernel on `hardware` and does what the kernel does before user space: reads the command line,
    /// looks for a waiting dump, reserves memory, and makes /proc/vmcore or throws a bad dump away.
    ///
    /// Source: `early_init_devtree`, `fadump_reserve_mem`, `setup_fadump` (Linux 3.4).
    public static func boot(
        _ options: BootOptions,
        on hardware: inout Hardware
    ) -> (kernel: FadumpKernel, effects: [Effect]) {
        var kernel = FadumpKernel(options, hardware)
        let effects = kernel.start(options, &hardware)
        return (kernel, effects)
    }

    private init(_ options: BootOptions, _ hardware: Hardware) {
        profile = options.profile
        endianness = options.endianness
        pageSize = options.pageSize
        commandLine = CommandLine(options.commandLine)
        realModeArea = options.realModeArea
        memory = hardware.ram.map
        panicTimeout = options.profile.parameters.panicTimeout
        panicOnOops = false
    }

    private mutating func start(_ options: BootOptions, _ hardware: inout Hardware) -> [Effect] {
        let parameters = BootParameters(
            commandLine,
            memory: memory.total,
            memoryEnd: memory.end.rawValue,
            pageSize: pageSize,
            profile
        )
        panicTimeout = parameters.panicTimeout
        panicOnOops = parameters.panicOnOops
        for complaint in parameters.complaints { print(complaint, hardware) }

        if let capture = options.kdumpCapture {
            state = hardware.firmware.supportsDump ? .disabled : .unsupported
            startKdumpCapture(capture, hardware)
            finishBoot(hardware)
            return []
        }
        let reserved = reserveMemory(parameters, hardware)
        if !reserved { reserveForKdump(parameters, hardware) }
        finishBoot(hardware)
        return examineWaitingDump(&hardware)
    }

    private mutating func finishBoot(_ hardware: Hardware) {
        let total = memory.total >> 10
        let available = memoryTotal >> 10
        let endian = endianness == .big ? "ppc64" : "ppc64le"
        let cpus = hardware.onlineCPUs.count
        print(Message(.info, "Linux version \(profile.release) (\(endian)) (fadumpfs)"), hardware)
        print(Message(.info, "Kernel command line: \(commandLine.text)"), hardware)
        print(Message(.info, "Memory: \(available)k/\(total)k available"), hardware)
        print(Message(.info, "Brought up \(cpus) CPUs"), hardware)
    }
}
