import ArgumentParser
import BinaryCodec
import KernelProfile
import Machine
import PhysicalMemory
import PowerFirmware

/// The options that describe a machine.
struct MachineOptions: ParsableArguments {
    @Option(help: "The machine's name; a machine is addressed by it, and only one runs under a name.")
    var name = "default"

    @Option(help: ArgumentHelp("RAM: 256M to 64T, with K, M, G or T. (default: 2G)", valueName: "size"))
    var memory: SizeArgument?

    @Option(
        help: ArgumentHelp(
            "RAM as ranges instead, for nodes and holes, e.g. 0-256M,256M-2G or 0-1G,2G-3G.",
            valueName: "ranges"
        ),
        transform: MemoryMapArgument.parse
    )
    var memoryMap: MemoryMapArgument?

    @Option(help: "CPUs that are online at power-on.")
    var cpus = 2

    @Option(help: "CPUs that firmware has room for in the register save area.")
    var maxCpus = 64

    @Option(help: "CPU model: how many registers firmware saves.")
    var cpu = CPUModel.power6

    @Option(help: ArgumentHelp("Bytes of the HPTE save area.", valueName: "size"))
    var hpteSize = SizeArgument(bytes: 0x1000)

    @Option(help: ArgumentHelp("The kernel's page size: 64K or 4K.", valueName: "size"))
    var pageSize = SizeArgument(bytes: 64 << 10)

    @Option(help: "The kernel's byte order; by default that of the kernel profile.")
    var endian: Endianness?

    @Option(help: ArgumentHelp("Bytes of the real mode area.", valueName: "size"))
    var rma = SizeArgument(bytes: 256 << 20)

    @Option(help: "Which kernel's behaviour.")
    var kernel = KernelArgument(.default)

    @Option(help: "The platform: PAPR firmware, or none that supports fadump.")
    var firmware = MachineConfiguration.Firmware.phyp

    @Option(help: ArgumentHelp("The kernel command line.", valueName: "text"))
    var cmdline = "fadump=on"

    @Option(help: "instant: waits take no time; real: as long as kernel and firmware would take.")
    var clock = MachineConfiguration.Clock.instant

    @Option(help: "The seed that all arbitrary contents follow from.")
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "What firmware answers instead: CALL=STATUS[@Nth][*TIMES], e.g. register=-2*3, or SECTION=FAULT.",
            discussion: """
                Calls: register, unregister, invalidate, os-term. Sections of the next dump: cpu-section, \
                hpte-section, dump-section, each =FLAGS (0x1000), =short:BYTES or =empty, \
                cpu-section=corrupt; dump=error. Several are separated by commas.
                """,
            valueName: "plan"
        ),
        transform: FaultArgument.parse
    )
    var fault: FaultArgument?

    /// The machine that these options describe.
    var configuration: MachineConfiguration {
        var machine = MachineConfiguration()
        machine.name = name
        if let memory { machine.memory = MemoryMap(size: memory.bytes) }
        if let memoryMap { machine.memory = memoryMap.map }
        machine.cpus = cpus
        machine.maximumCPUs = maxCpus
        machine.cpuModel = cpu
        machine.hpteSize = hpteSize.bytes
        machine.pageSize = pageSize.bytes
        machine.endianness = endian
        machine.realModeArea = rma.bytes
        machine.kernel = kernel.profile
        machine.firmware = firmware
        machine.commandLine = cmdline
        machine.clock = clock
        machine.seed = seed
        if let fault { machine.faults = fault.plan }
        return machine
    }

    func validate() throws {
        guard memory == nil || memoryMap == nil else {
            throw ValidationError("--memory and --memory-map both say what RAM there is; give one of them")
        }
        do {
            try configuration.validate()
        } catch {
            throw ValidationError(error.description)
        }
    }
}
