import CoreFile
import KernelProfile
import PowerFirmware

extension FadumpKernel {
    /// The registers with which `request`'s CPU goes down, as the kernel itself sees them.
    ///
    /// An oops shows the fault: a store to address 0 (trap 0x300) in the text of the kernel. A panic shows the
    /// place in the kernel that saved them, without a trap.
    /// Source: recorded from 3.4.113 (`sysrq_handle_crash`).
    func crashRegisters(_ request: CrashRequest, _ hardware: Hardware) -> PowerRegisters {
        let cpu = hardware.firmware.cpuState(of: request.cpu)
        var registers = PowerRegisters(saved: cpu.saved)
        switch request.kind {
        case .sysrq, .oops:
            registers.trap = 0x300
            registers.dar = 0
            registers.dsisr = 0x4200_0000
        case .systemReset:
            registers.trap = 0x100
        case .panic, .console:
            break
        }
        return registers
    }
}

/// What the kernel prints when it faults.
///
/// Source: `die`, `show_regs` (Linux 3.4, arch/powerpc); recorded from 3.4.113.
enum OopsReport {
    static func lines(_ request: CrashRequest, _ registers: PowerRegisters, _ profile: KernelProfile)
        -> [Message]
    {
        var lines: [Message] = []
        func alert(_ text: String) { lines.append(Message(.alert, text)) }
        func warn(_ text: String) { lines.append(Message(.warning, text)) }
        func digits(_ value: UInt64) -> String { KernelFormat.digits(value, width: 16) }

        switch request.kind {
        case .systemReset:
            alert("Oops: System Reset, sig: 6 [#1]")
        case .sysrq, .oops, .panic, .console:
            if request.kind == .sysrq { lines.append(profile.messages.sysrqCrash) }
            alert("Unable to handle kernel paging request for data at address 0x00000000")
            alert("Faulting instruction address: 0x\(digits(registers.nip))")
            alert("Oops: Kernel access of bad area, sig: 11 [#1]")
        }
        if let reason = request.reason { alert(reason) }
        warn("SMP NR_CPUS=\(profile.maximumCPUs) NUMA pSeries")
        warn("NIP: \(digits(registers.nip)) LR: \(digits(registers.link)) CTR: \(digits(registers.ctr))")
        let trap = KernelFormat.digits(registers.trap, width: 4)
        warn("REGS: \(digits(registers.gpr[1])) TRAP: \(trap)   Not tainted  (\(profile.release))")
        warn("MSR: \(digits(registers.msr))  CR: \(KernelFormat.digits(registers.ccr, width: 8))")
        warn("DAR: \(digits(registers.dar)), DSISR: \(KernelFormat.digits(registers.dsisr, width: 8))")
        warn("CPU: \(request.cpu)")
        for row in stride(from: 0, to: 32, by: 4) {
            let name = "GPR" + (row < 10 ? "0" : "") + String(row)
            let values = registers.gpr[row..<(row + 4)].map(digits).joined(separator: " ")
            warn("\(name): \(values)")
        }
        return lines
    }
}
