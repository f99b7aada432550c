import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage

extension FadumpKernel {
    /// Crashes the kernel.
    ///
    /// Source: `oops_end`, `panic`, `crash_fadump`, `rtas_os_term` (Linux 3.4). Every oops goes through fadump
    /// first; panic() gives a loaded kdump kernel the first turn.
    /// Errors: `.operationNotSupportedByDevice` where the kernel is down already, `.invalidArgument` for a CPU that is
    /// not online, `.notPermitted` for a console dump that nothing is registered for.
    public mutating func crash(
        _ request: CrashRequest,
        on hardware: inout Hardware
    ) throws(Errno) -> [Effect] {
        guard crash == nil else { throw .operationNotSupportedByDevice }
        guard hardware.onlineCPUs.contains(request.cpu) else { throw .invalidArgument }
        linesBeforeCrash = log.records.count
        if request.kind == .console {
            guard hardware.firmware.hasRegistration else { throw .notPermitted }
            crash = CrashInProgress(request: request)
            return [.leave(.firmwareDump)]
        }
        if request.kind == .sysrq {
            panicOnOops = true
            print(profile.messages.sysrq("Trigger a crash"), hardware)
        }
        return isOops(request)
            ? oops(request, &hardware) : panic(request, request.reason ?? "sysrq triggered crash", &hardware)
    }

    private func isOops(_ request: CrashRequest) -> Bool {
        request.kind != .panic && (request.kind != .sysrq || profile.crash.sysrqCrashIsOops)
    }

    private mutating func oops(_ request: CrashRequest, _ hardware: inout Hardware) -> [Effect] {
        let registers = crashRegisters(request, hardware)
        let report = OopsReport(request, registers, profile, pageSize: pageSize, mmu)
        for line in report.lines { print(line, hardware) }
        if case .registered = state {
            crash = CrashInProgress(request: request)
            leaveCrashInfo(request, registers, online: hardware.onlineCPUs, &hardware)
            return terminate("die oops", &hardware)
        }
        guard panicOnOops || request.kind == .systemReset else {
            // The offending process is killed; the machine goes on.
            return answer(request)
        }
        return panic(request, "Fatal exception", &hardware)
    }

    private mutating func panic(
        _ request: CrashRequest,
        _ reason: String,
        _ hardware: inout Hardware
    ) -> [Effect] {
        crash = CrashInProgress(request: request)
        print(Message(.emergency, "Kernel panic - not syncing: \(reason)"), hardware)
        // Who came by an oops has told the process already.
        if !isOops(request), let process = OopsReport.process(request, profile) { print(process, hardware) }
        if case .loaded(let image) = kdump { return startKdumpKernel(image, request, &hardware) }
        if case .registered = state {
            let onlyOne = profile.crash.panicLeavesOnlyCrashingCPU
            leaveCrashInfo(
                request,
                crashRegisters(request, hardware),
                online: onlyOne ? [request.cpu] : hardware.onlineCPUs,
                &hardware
            )
        }
        return terminate(reason, &hardware)
    }

    /// Fills in the crash info header and dates VMCOREINFO.
    ///
    /// Source: `crash_fadump`, `crash_save_vmcoreinfo` (Linux 3.4).
    private mutating func leaveCrashInfo(
        _ request: CrashRequest,
        _ registers: PowerRegisters,
        online: [UInt32],
        _ hardware: inout Hardware
    ) {
        guard let area = state.area else { return }
        var header = crashInfo(for: area, hardware)
        header.crashingCPU = platform.crashingCPU(request.cpu, hardware)
        header.registers = registers
        header.cpus = Set(online)
        write(header.bytes(profile, endianness), at: area.crashInfoHeader, &hardware)
        dateVMCoreInfo(&hardware)
    }

    /// Asks firmware to end this boot; firmware does not return where a dump is registered.
    private mutating func terminate(_ reason: String, _ hardware: inout Hardware) -> [Effect] {
        crash?.terminationReason = reason
        return callTermination(&hardware)
    }

    mutating func callTermination(_ hardware: inout Hardware) -> [Effect] {
        switch platform.terminate(crash?.terminationReason ?? "", &self, &hardware) {
        case .dump: [.leave(.firmwareDump)]
        case .busy(let milliseconds): [.wait(milliseconds: milliseconds, .terminationRetry)]
        case .returned: afterPanic(hardware)
        }
    }

    /// Nobody took a dump: the kernel restarts after the panic timeout, at once for a negative one, or hangs.
    private mutating func afterPanic(_ hardware: Hardware) -> [Effect] {
        if case .registered = state, crash?.request.kind != .panic, !panicOnOops {
            // Firmware came back from an oops that need not be fatal: the process dies, the kernel goes on.
            let request = crash?.request
            crash = nil
            return request.map(answer) ?? []
        }
        guard panicTimeout != 0 else {
            crash?.isHung = true
            return [.note("hung", ["reason": "panic timeout is 0"])]
        }
        guard panicTimeout > 0 else { return [.leave(.reboot)] }
        print(Message(.emergency, "Rebooting in \(panicTimeout) seconds.."), hardware)
        return [.wait(milliseconds: UInt64(panicTimeout) * 1000, .panicTimeout)]
    }

    func answer(_ request: CrashRequest) -> [Effect] {
        request.request.map { [.answer($0, .success(request.count))] } ?? []
    }
}
