import CoreFile
import KernelProfile
import PowerFirmware

extension FadumpKernel {
    /// The registers with which `request`'s CPU goes down, as the kernel itself sees them.
    ///
    /// An oops shows the fault: a store to address 0 (trap 0x300) in the text of the kernel, interrupts on. A panic shows
    /// the place in the kernel that saved them, without a trap, and with interrupts off.
    /// Source: recorded from 3.4.113 (`sysrq_handle_crash`), 5.10.223, 6.1.176 and 7.2.13 (`crash_fadump`).
    func crashRegisters(_ request: CrashRequest, _ hardware: Hardware) -> PowerRegisters {
        if let known = hardware.registers[request.cpu] { return known }
        let cpu = hardware.cpuState(of: request.cpu)
        let rules = profile.crash.oops
        var registers = PowerRegisters(saved: cpu.saved)
        switch request.kind {
        case .sysrq where profile.crash.sysrqCrashIsOops, .oops:
            registers.trap = 0x300
            registers.dar = 0
            registers.dsisr = 0x4200_0000
            registers.softe = rules.softeInOops
            if rules.keepsCFAR { registers.originalGPR3 = cpu[RegisterIdentifier("CFAR")] }
        case .systemReset:
            registers.trap = 0x100
        case .panic, .sysrq:
            registers.softe = rules.softeInPanic
            if rules.panicClearsEE { registers.msr &= ~0x8000 }
        case .console:
            break
        }
        return registers
    }
}
