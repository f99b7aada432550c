import BinaryCodec
import FadumpKernel
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage

/// A kernel on its hardware, driven without any input or output.
struct Bench {
    var hardware: Hardware
    var kernel: FadumpKernel
    var effects: [Effect]
    var options: BootOptions

    init(
        _ profile: KernelProfile = .rfcV7,
        memory: MemoryMap = MemoryMap(size: 2 << 30),
        commandLine: String = "fadump=on",
        faults: String = "",
        supportsDump: Bool = true,
        rma: UInt64 = 256 << 20,
        maximumCPUs: Int = 64,
        cpus: [UInt32] = [0, 1],
        dialect: FirmwareDialect = .phyp,
        pageSize: UInt64 = 64 << 10,
        mmu: MMU = .radix,
        endianness: Endianness? = nil,
        platform: Platform = .pseries
    ) throws {
        let endianness = endianness ?? profile.endiannesses.first ?? .big
        var configuration = PlatformConfiguration(
            platform: platform,
            dialect: dialect,
            supportsDump: supportsDump,
            maximumCPUs: maximumCPUs,
            realModeAreaSize: rma,
            runsLittleEndian: endianness == .little
        )
        if !faults.isEmpty { configuration.faults = try FaultPlan(parsing: faults) }
        hardware = Hardware(
            firmware: PowerFirmware(configuration),
            ram: try PhysicalRAM(map: memory),
            onlineCPUs: cpus,
            seed: 1
        )
        hardware.wallClock = 1_329_000_000
        options = BootOptions(
            profile: profile,
            endianness: endianness,
            pageSize: pageSize,
            realModeArea: rma,
            mmu: mmu,
            commandLine: commandLine
        )
        (kernel, effects) = FadumpKernel.boot(options, on: &hardware)
    }

    /// A kernel of any making on hardware of any making.
    init(_ hardware: Hardware, _ options: BootOptions) {
        self.hardware = hardware
        self.options = options
        (kernel, effects) = FadumpKernel.boot(options, on: &self.hardware)
    }

    /// Writes to a file and carries waits out at once; nil where the write was not answered.
    mutating func write(_ attribute: Attribute, _ text: String) -> Result<Int, Errno>? {
        let request = RequestID(rawValue: 1)
        effects = kernel.store(attribute, Array(text.utf8), request, on: &hardware)
        return settle(request)
    }

    /// Follows waits until an answer comes, or the boot ends.
    mutating func settle(_ request: RequestID) -> Result<Int, Errno>? {
        for _ in 0..<1000 {
            for effect in effects {
                if case .answer(let answered, let result) = effect, answered == request { return result }
            }
            guard let wakeup = waits.first?.1 else { return nil }
            effects = kernel.resume(wakeup, on: &hardware)
        }
        return nil
    }

    var waits: [(UInt64, Wakeup)] {
        effects.compactMap {
            if case .wait(let milliseconds, let wakeup) = $0 { (milliseconds, wakeup) } else { nil }
        }
    }

    var departure: Departure? {
        for effect in effects { if case .leave(let departure) = effect { return departure } }
        return nil
    }

    func show(_ attribute: Attribute) -> String { (try? kernel.show(attribute, on: hardware)) ?? "" }

    var log: [String] { kernel.log.records.map(\.message.text) }

    /// Crashes and boots the capture kernel.
    mutating func crash(_ kind: CrashKind = .sysrq, cpu: UInt32 = 0) throws {
        effects = try kernel.crash(CrashRequest(kind, cpu: cpu), on: &hardware)
        while departure == nil, let wakeup = waits.first?.1 { effects = kernel.resume(wakeup, on: &hardware) }
        guard departure == .firmwareDump else { return }
        bootAfterDump()
    }

    /// Lets firmware take its dump and boots the next kernel, with a command line of its own where one is given.
    mutating func bootAfterDump(commandLine: String? = nil) {
        let cpus = hardware.onlineCPUs.map { hardware.firmware.cpuState(of: $0) }
        _ = hardware.firmware.takeDump(cpus: cpus, ram: &hardware.ram)
        var options = options
        if let commandLine { options.commandLine = commandLine }
        (kernel, effects) = FadumpKernel.boot(options, on: &hardware)
    }
}
