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
        architecture = options.architecture
        realKernel = options.realKernel
        crashedKernel = options.crashedKernel
        commandLine = CommandLine(options.commandLine)
        realModeArea = options.realModeArea
        mmu = options.mmu
        memory = hardware.ram.map
        panicTimeout = options.profile.parameters.panicTimeout
        panicOnOops = false
        platformPart = Self.platform(options.profile, hardware)
        vmcoreinfoAddress = options.profile.image.vmcoreinfoNote
    }

    private mutating func start(_ options: BootOptions, _ hardware: inout Hardware) -> [Effect] {
        let comesByCrash = hardware.firmware.hasWaitingDump
        let found = profile.build.hasFadump ? platform.findDump(&self, hardware) : nil
        takeOverParameters(found, hardware)
        let parameters = BootParameters(
            commandLine,
            memory: memory.total,
            memoryEnd: memory.end.rawValue,
            pageSize: pageSize,
            endianness,
            profile
        )
        panicTimeout = parameters.panicTimeout
        panicOnOops = parameters.panicOnOops
        for complaint in parameters.complaints { print(complaint, hardware) }

        if let capture = options.kdumpCapture {
            state = hardware.firmware.supportsDump ? .disabled : .unsupported
            startKdumpCapture(capture, hardware)
            placeVMCoreInfo(&hardware)
            finishBoot(hardware)
            return []
        }
        let reserved = reserveMemory(parameters, found, &hardware)
        if !reserved { reserveForKdump(parameters, hardware) }
        placeParameterArea(parameters, &hardware)
        lendArea(parameters, hardware)
        placeVMCoreInfo(&hardware)
        finishBoot(hardware)
        let registers = profile.interface.registersAtBoot && found == nil
        let effects = examineWaitingDump(&hardware)
        if comesByCrash { platform.exportFirmware(&self, hardware) }
        guard registers, case .unregistered = state else { return effects }
        return effects + register(nil, &hardware)
    }

    /// Appends to the command line what the crashed kernel was given for this one.
    ///
    /// Source: `rtas_fadump_dt_scan`, `fadump_append_bootargs` (Linux 6.12).
    private mutating func takeOverParameters(_ found: DumpMemoryStructure?, _ hardware: Hardware) {
        guard let messages = profile.messages.parameterArea, let room = found?.parameterArea else { return }
        let text = String(decoding: Self.text(in: room, hardware), as: UTF8.self)
        commandLine = CommandLine(commandLine.text + " " + text)
        print(messages.commandLineUpdated(commandLine.text), hardware)
    }

    private mutating func finishBoot(_ hardware: Hardware) {
        let total = memory.total >> 10
        let available = memoryTotal >> 10
        let machine = architecture.machineName(endianness)
        let cpus = hardware.onlineCPUs.count
        print(Message(.info, "Linux version \(profile.release) (\(machine)) (fadumpfs)"), hardware)
        print(Message(.info, "Kernel command line: \(commandLine.text)"), hardware)
        print(Message(.info, "Memory: \(available)k/\(total)k available"), hardware)
        print(Message(.info, "Brought up \(cpus) CPUs"), hardware)
    }
}
