import CoreFile

/// The names of the words in the registers of a note NT_PRSTATUS, in order.
enum RegisterNames {
    /// Where the registers begin in a note of any 64-bit machine.
    static let offset = 112

    /// Source: `struct pt_regs` (Linux 7.2, arch/powerpc/include/asm/ptrace.h), `struct user_regs_struct` of x86_64.
    static func names(_ machine: ELFMachine) -> [String] {
        switch machine {
        case .ppc64: power
        case .x86_64: X86Registers.names
        default: []
        }
    }

    private static let power: [String] = {
        let named = [
            "nip", "msr", "orig_gpr3", "ctr", "link", "xer", "ccr", "softe", "trap", "dar", "dsisr", "result",
        ]
        let general = (0..<32).map { "gpr\($0)" }
        let rest = (44..<PowerRegisters.wordCount).map { "word\($0)" }
        return general + named + rest
    }()
}
