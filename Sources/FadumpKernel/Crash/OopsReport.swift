import BinaryCodec
import CoreFile
import KernelProfile

/// What the kernel prints when it faults.
///
/// Source: `die`, `show_regs` (Linux 3.4, arch/powerpc); recorded from 3.4.113 to 4.19.48.
struct OopsReport {
    private(set) var lines: [Message] = []
    private let registers: PowerRegisters
    private let profile: KernelProfile
    private var rules: OopsRules { profile.crash.oops }

    init(
        _ request: CrashRequest,
        _ registers: PowerRegisters,
        _ profile: KernelProfile,
        pageSize: UInt64,
        _ mmu: MMU
    ) {
        self.registers = registers
        self.profile = profile
        let isLittleEndian = registers.msr & 1 == 1
        switch request.kind {
        case .systemReset:
            alert("Oops: System Reset, sig: 6 [#1]")
        case .sysrq, .oops, .panic, .console:
            alert("\(rules.dataFault) 0x00000000")
            alert("Faulting instruction address: 0x\(Self.digits(registers.nip))")
            alert("Oops: Kernel access of bad area, sig: 11 [#1]")
        }
        if let reason = request.reason { alert(reason) }
        warn(build(isLittleEndian, pageSize, mmu) + "SMP NR_CPUS=\(profile.maximumCPUs) NUMA pSeries")
        if let process = Self.process(request, profile) { lines.append(process) }
        tellRegisters(request)
    }

    /// The process that ran; nil for kernels that tell the CPU only.
    static func process(_ request: CrashRequest, _ profile: KernelProfile) -> Message? {
        let user: String
        switch profile.crash.oops.process {
        case .none: return nil
        case .pid: user = ""
        case .userAndPID: user = " UID: 0"
        }
        let text = "CPU: \(request.cpu)\(user) PID: 1 Comm: init Not tainted \(profile.release) #1"
        return Message(.warning, text)
    }

    private func build(_ isLittleEndian: Bool, _ pageSize: UInt64, _ mmu: MMU) -> String {
        let order = isLittleEndian ? "LE " : "BE "
        switch rules.build {
        case .plain: return ""
        case .byteOrder: return order
        case .pages: return order + "PAGE_SIZE=\(pageSize >> 10)K MMU=\(mmu == .radix ? "Radix" : "Hash") "
        }
    }

    private mutating func tellRegisters(_ request: CrashRequest) {
        let digits = Self.digits
        let gap = rules.gap
        warn("NIP:\(gap)\(digits(registers.nip)) LR: \(digits(registers.link)) CTR: \(digits(registers.ctr))")
        let trap = KernelFormat.digits(registers.trap, width: 4)
        warn("REGS: \(digits(registers.gpr[1])) TRAP: \(trap)   Not tainted  (\(profile.release))")
        let condition = KernelFormat.digits(registers.ccr, width: 8)
        let cause = KernelFormat.digits(registers.dsisr, width: 8)
        if rules.process == .none {
            warn("MSR: \(digits(registers.msr))  CR: \(condition)")
            warn("DAR: \(digits(registers.dar)), DSISR: \(cause)")
            warn("CPU: \(request.cpu)")
        } else {
            let bits = MachineStateRegister(registers.msr).names.joined(separator: ",")
            let exception = KernelFormat.digits(registers.xer, width: 8)
            warn("MSR:\(gap)\(digits(registers.msr)) <\(bits)>  CR: \(condition)  XER: \(exception)")
            let interrupts = "\(rules.interrupts.rawValue): \(registers.softe)"
            warn(
                "CFAR: \(digits(registers.originalGPR3)) DAR: \(digits(registers.dar)) DSISR: \(cause) \(interrupts) "
            )
        }
        for row in stride(from: 0, to: 32, by: 4) {
            let name = "GPR" + (row < 10 ? "0" : "") + String(row)
            let values = registers.gpr[row..<(row + 4)].map(digits).joined(separator: " ")
            warn("\(name): \(values)" + (rules.process == .none ? "" : " "))
        }
    }

    private mutating func alert(_ text: String) { lines.append(Message(.alert, text)) }
    private mutating func warn(_ text: String) { lines.append(Message(.warning, text)) }
    private static func digits(_ value: UInt64) -> String { KernelFormat.digits(value, width: 16) }
}
