/// A processor model: which registers firmware saves of it, and how many entries it keeps free for a CPU.
///
/// Source: LoPAR, firmware-assisted dump data format: the identifiers without VSX and without transactional
/// memory for POWER6, those with VSX for POWER7. Groups of registers are in ascending order and not interrupted.
/// The entries for a CPU, 256 and 512, are what the size in the design document's example allows.
public enum CPUModel: String, Sendable, Hashable, CaseIterable {
    case power6
    case power7

    /// Entries that a CPU may take in the register save area, its start and end included.
    public var entriesPerCPU: Int {
        switch self {
        case .power6: 256
        case .power7: 512
        }
    }

    /// The registers that are saved, in the order in which they are saved, without start and end.
    public var registers: [RegisterIdentifier] { names.identifiers }

    var names: RegisterNames {
        switch self {
        case .power6: RegisterSet.power6
        case .power7: RegisterSet.power7
        }
    }

    /// Places of registers that contain others, and the places of those.
    var overlaid: [(place: Int, source: Int)] { self == .power7 ? RegisterSet.power7Overlaid : [] }

    /// The value of the processor version register.
    var version: UInt64 {
        switch self {
        case .power6: 0x003e_0301
        case .power7: 0x003f_0203
        }
    }
}

enum RegisterSet {
    static let power6 = RegisterNames(
        group("GPR") + group("FPR") + pairs("VR", 0..<32) + special.map { RegisterIdentifier($0) }
    )
    static let power7 = RegisterNames(
        group("GPR") + group("FPR") + pairs("VR", 0..<32) + pairs("VSR", 0..<64)
            + special.map { RegisterIdentifier($0) }
    )

    /// The vector-scalar registers contain the others: 0 to 31 in their high halves the floating-point registers, 32
    /// to 63 the vector registers. Source: Power ISA 2.06, book I, chapter 7.
    static let power7Overlaid: [(place: Int, source: Int)] = {
        let floatingPoint = (0..<32).map {
            (RegisterIdentifier.numbered("VSR", $0, "_HI"), RegisterIdentifier.numbered("FPR", $0))
        }
        let vectors = zip(pairs("VSR", 32..<64), pairs("VR", 0..<32)).map { ($0, $1) }
        return (floatingPoint + vectors).compactMap { register, other in
            guard let place = power7[register], let source = power7[other] else { return nil }
            return (place, source)
        }
    }()

    private static let special = [
        "ACOP", "AMR", "CFAR", "CR", "CTR", "CTRL", "DABR", "DABRX", "DAR", "DEC", "DSCR", "DSISR", "FPSCR",
        "LR", "MMCR0", "MMCR1", "MMCRA", "MSR", "NIA", "PID", "PIR", "PMC1", "PMC2", "PMC3", "PMC4", "PMC5",
        "PMC6", "PURR", "PVR", "SDAR", "SIAR", "SPRG0", "SPRG1", "SPRG2", "SPRG3", "SPURR", "SRR0", "SRR1",
        "TB", "TSR", "UAMOR", "VRSAVE", "VSCR", "XER",
    ]

    /// What QEMU's pseries machine saves: no floating-point, vector or performance monitor registers.
    static let qemu =
        beforeGPRs.map { RegisterIdentifier($0) } + group("GPR") + behindGPRs.map { RegisterIdentifier($0) }

    private static let beforeGPRs = [
        "ACOP", "AMR", "BESCR", "CFAR", "CIABR", "CR", "CTR", "CTRL", "DABR", "DABRX", "DAR", "DAWR0",
        "DAWR1",
        "DAWRX0", "DAWRX1", "DPDES", "DSCR", "DSISR", "EBBHR", "EBBRR", "FPSCR", "FSCR",
    ]
    private static let behindGPRs = [
        "IAMR", "IC", "LR", "MSR", "NIA", "PIR", "PSPB", "PVR", "RPR", "SPURR", "SRR0", "SRR1", "TAR",
        "TEXASR",
        "TFHAR", "TFIAR", "TIR", "UAMOR", "VRSAVE", "VSCR", "VTB", "WORT", "XER",
    ]

    /// Registers of four bytes; the other half of their entry is reserved.
    /// Source: Power ISA 2.06, the lengths in the table of special purpose registers.
    static let short = [
        "CR", "CTRL", "DEC", "DSISR", "PID", "PIR", "PMC1", "PMC2", "PMC3", "PMC4", "PMC5", "PMC6", "PVR",
        "VRSAVE", "VSCR",
    ].map { RegisterIdentifier($0) }

    private static func group(_ name: String) -> [RegisterIdentifier] {
        (0..<32).map { .numbered(name, $0) }
    }

    private static func pairs(_ name: String, _ range: Range<Int>) -> [RegisterIdentifier] {
        range.flatMap { [.numbered(name, $0, "_HI"), .numbered(name, $0, "_LO")] }
    }
}
