/// The registers of an x86_64 CPU in the order of a core file's note: 27 words of 8 bytes.
///
/// Source: `struct user_regs_struct` (Linux 6.1, arch/x86/include/asm/user_64.h).
public struct X86Registers: Hashable, Sendable {
    public static let names = [
        "r15", "r14", "r13", "r12", "rbp", "rbx", "r11", "r10", "r9", "r8", "rax", "rcx", "rdx", "rsi", "rdi",
        "orig_rax", "rip", "cs", "eflags", "rsp", "ss", "fs_base", "gs_base", "ds", "es", "fs", "gs",
    ]
    public static let wordCount = names.count

    public private(set) var words: [UInt64]

    /// Missing words are 0, superfluous ones are dropped.
    public init(words: [UInt64] = []) {
        let given = words.prefix(Self.wordCount)
        self.words = given + Array(repeating: 0, count: Self.wordCount - given.count)
    }

    /// A register by its name; nothing where there is none of that name.
    public subscript(_ name: String) -> UInt64 {
        get { Self.names.firstIndex(of: name).map { words[$0] } ?? 0 }
        set { if let index = Self.names.firstIndex(of: name) { words[index] = newValue } }
    }
}

extension X86Registers {
    /// What a CPU of x86_64 would hold where the emulated one holds `power`: pointers into memory point to the same
    /// memory, the instruction pointer into the same place of the kernel's text, and arguments stand in the registers
    /// of the calling convention.
    public init(_ power: PowerRegisters, _ architecture: DumpArchitecture) {
        self.init()
        func pointer(_ word: UInt64) -> UInt64 {
            Self.physical(word).map(architecture.virtual) ?? word
        }
        func text(_ word: UInt64) -> UInt64 {
            Self.physical(word).map(architecture.imageAddress) ?? word
        }
        let general = power.gpr
        for (name, index) in Self.counterparts { self[name] = pointer(general[index]) }
        self["rip"] = text(power.nip)
        self["orig_rax"] = ~0
        self["gs_base"] = pointer(general[13])
        self["cs"] = 0x10
        self["ss"] = 0x18
        // Bit 1 is always set; the interrupt flag follows EE of the machine state.
        self["eflags"] = 0x2 | (power.msr >> 15 & 1) << 9
    }

    /// The physical address in a word that points into the map of all memory of a Power kernel.
    private static func physical(_ word: UInt64) -> UInt64? {
        word >> 60 == 0xc ? word & 0x0fff_ffff_ffff_ffff : nil
    }

    /// Which general register of Power stands in which of x86_64: stack pointer, result, arguments, and those that a
    /// call keeps.
    private static let counterparts: [(String, Int)] = [
        ("rsp", 1), ("rax", 3), ("rdi", 3), ("rsi", 4), ("rdx", 5), ("rcx", 6), ("r8", 7), ("r9", 8),
        ("r10", 9), ("r11", 10), ("rbp", 31), ("rbx", 30), ("r12", 29), ("r13", 28), ("r14", 27), ("r15", 26),
    ]
}
