import FadumpKernel
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SyntheticKernel
import SystemPackage

extension MachineState {
    /// Ends the boot: the tree goes, firmware does its part, and the next boot starts when its time has come.
    mutating func leave(
        _ departure: Departure,
        answering rest: [(RequestID, Result<Int, Errno>)]
    ) -> [MachineEffect] {
        guard let kernel = kernel.take() else { return [] }
        var effects: [MachineEffect] = []
        answersAfterBoot += rest
        if let crash = kernel.crash, let request = crash.request.request {
            answersAfterBoot.append((request, .success(crash.request.count)))
        }
        effects += answersAfterBoot.map { .keep($0.0) }
        if let crash = kernel.crash {
            var details = Self.details(of: crash, departure)
            // The log goes with the boot; what led to its end is kept here.
            details["console"] = kernel.lastWords.joined(separator: "\n")
            effects.append(note("crash", details))
        }
        effects.append(note("boot-ended", ["by": departure.rawValue]))
        effects.append(.bootEnded(boot))
        _ = Self.release(&vmcore)
        truth = nil
        if departure == .firmwareDump { crashedKernel = kernel.realKernel }

        power = .resetting(departure, kdump: departure == .kdump ? kernel.kdumpCapture : nil)
        switch departure {
        case .firmwareDump:
            scene = scene(of: kernel)
            effects += takeDump(kernel)
        case .kdump:
            scene = scene(of: kernel)
            effects += freezeForKdump(kernel)
            effects.append(.wait(milliseconds: Timings.boot, .reset(.kernel, boot: boot)))
        case .reboot, .reset:
            effects.append(.wait(milliseconds: Timings.hardwareReset, .reset(.hardware, boot: boot)))
        case .powerOff:
            effects += powerOff()
        }
        return effects
    }

    private static func details(of crash: CrashInProgress, _ departure: Departure) -> [String: String] {
        var details = [
            "kind": crash.request.kind.rawValue, "cpu": String(crash.request.cpu),
            "outcome": departure.rawValue,
        ]
        details["reason"] = crash.request.reason
        return details
    }

    private mutating func takeDump(_ kernel: FadumpKernel) -> [MachineEffect] {
        let cpus = hardware.onlineCPUs.map { hardware.cpuState(of: $0) }
        var effects: [MachineEffect] = []
        for event in hardware.firmware.takeDump(cpus: cpus, ram: &hardware.ram) {
            effects.append(note(event.kind, event.details))
        }
        let preserved = kernel.reservedArea?.bootMemorySize ?? 0
        let delay = Timings.preservation(of: preserved) + Timings.hardwareReset
        return effects + [.wait(milliseconds: delay, .reset(.kernel, boot: boot))]
    }

    /// The memory of the crashed kernel is kept as it is; the capture kernel gets its reservation, fresh.
    private mutating func freezeForKdump(_ kernel: FadumpKernel) -> [MachineEffect] {
        guard let capture = kernel.kdumpCapture else { return [] }
        hardware.ram.freeze(AddressRange(0, upTo: hardware.ram.map.end))
        hardware.ram.clear(capture.range)
        hardware.ram.thaw(capture.range)
        return [note("kdump-kernel-started", ["memory": capture.range.description])]
    }

    /// Goes on between two boots.
    mutating func resume(_ step: ResetStep) -> [MachineEffect] {
        guard case .resetting(let departure, let capture) = power else { return [] }
        switch step {
        case .hardware:
            let dumpStays = departure == .reboot || departure == .reset
            hardware.firmware.reset(keepingDump: dumpStays)
            return [
                note("hardware-reset", ["dump": hardware.firmware.hasWaitingDump ? "waiting" : "none"]),
                note("bootloader-launched"),
                .wait(milliseconds: Timings.boot, .reset(.kernel, boot: boot)),
            ]
        case .kernel:
            return startKernel(capture)
        }
    }

    /// Starts the kernel of the next boot.
    mutating func startKernel(_ capture: KdumpCapture?) -> [MachineEffect] {
        boot += 1
        bootTime = time
        hardware.uptime = 0
        if capture == nil && !hardware.firmware.hasWaitingDump {
            hardware.ram.reclaimFrozen()
        }
        let isFresh = capture == nil && !hardware.firmware.hasWaitingDump
        var effects: [MachineEffect] = []
        if isFresh { effects += loadImage() }
        let options = BootOptions(
            profile: configuration.effectiveKernel,
            endianness: configuration.effectiveEndianness,
            pageSize: configuration.pageSize,
            realModeArea: configuration.effectiveRealModeArea,
            mmu: configuration.mmu,
            commandLine: capture?.commandLine ?? configuration.commandLine,
            architecture: configuration.dumpArchitecture,
            kdumpCapture: capture,
            realKernel: isFresh ? configuration.image?.kernel : nil,
            crashedKernel: hardware.firmware.hasWaitingDump ? crashedKernel : nil
        )
        // A kdump kernel's memory is in no dump, and a real kernel's is what it is.
        let isSynthetic = capture == nil && options.realKernel == nil
        kernelMemory = isSynthetic ? KernelMemory(layout, radix: configuration.mmu == .radix) : nil
        effects += writeImage()
        deviceTree = hardware.firmware.deviceTree
        deviceTreeNode = hardware.firmware.deviceTreeNode
        if !isFresh { hardware.registers = [:] }
        let (kernel, kernelEffects) = FadumpKernel.boot(options, on: &hardware)
        self.kernel = kernel
        power = .running
        layMemoryOut(for: kernel)
        effects += writePages(kernel)
        effects.append(note("boot", ["kernel": configuration.kernel.name, "fadump": kernel.status.rawValue]))
        if options.realKernel != nil { effects += tellCoveredMemory(kernel) }
        effects += withKernel { _, _ in kernelEffects }
        effects += [.bootStarted(boot), .logGrew]
        effects += answersAfterBoot.map { .answer($0.0, $0.1) }
        answersAfterBoot = []
        return effects
    }
}
