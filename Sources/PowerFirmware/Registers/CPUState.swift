/// The registers of a running CPU, each with a value.
///
/// The emulated CPU runs no code; its registers hold what an idle kernel's could, and always the same for the
/// same seed: addresses in the kernel's text and data, small numbers, a machine state with translation on.
public struct CPUState: Sendable {
    public let logicalID: UInt32
    public let model: CPUModel
    private var values: [RegisterIdentifier: UInt64] = [:]

    public init(logicalID: UInt32, model: CPUModel, seed: UInt64) {
        self.logicalID = logicalID
        self.model = model
        values.reserveCapacity(model.registers.count)
        var random = SplitMix64(seed: seed ^ (UInt64(logicalID) &+ 1) &* 0x9e37_79b9)
        for register in model.registers { values[register] = random.next() }
        placePointers(&random)
        placeControl(&random)
        for register in RegisterSet.short { self[register] &= 0xffff_ffff }
        if model == .power7 { overlayVectors() }
    }

    public subscript(_ register: RegisterIdentifier) -> UInt64 {
        get { values[register] ?? 0 }
        set { values[register] = newValue }
    }

    /// Sets the bit LE of the machine state, and of its copy at the last interrupt.
    mutating func runLittleEndian() {
        self[.msr] |= 1
        self[RegisterIdentifier("SRR1")] |= 1
    }

    /// The same as a save area gives it back.
    public var saved: SavedCPU { SavedCPU(logicalID: logicalID, registers: values) }

    private mutating func placePointers(_ random: inout SplitMix64) {
        let text: UInt64 = 0xc000_0000_0001_0000
        let data: UInt64 = 0xc000_0000_0060_0000
        for index in 0..<32 {
            self[.gpr(index)] =
                random.next() & 1 == 0 ? data + (random.next() & 0xf_fff8) : random.next() & 0xffff
        }
        // The stack, the table of contents and the per-CPU area have registers of their own.
        self[.gpr(1)] = 0xc000_0000_0e24_0000 + UInt64(logicalID) << 14 + 0x3b10
        self[.gpr(2)] = 0xc000_0000_0065_8000
        self[.gpr(13)] = 0xc000_0000_0feb_0000 + UInt64(logicalID) &* 0x280
        for register in [RegisterIdentifier.nia, .lr, .ctr] {
            self[register] = text + (random.next() & 0xf_fffc)
        }
        self[RegisterIdentifier("CFAR")] = text + (random.next() & 0xf_fffc)
        self[RegisterIdentifier("SRR0")] = text + (random.next() & 0xf_fffc)
    }

    /// The vector-scalar registers contain the others: 0 to 31 in their high halves the floating-point registers, 32
    /// to 63 the vector registers. Source: Power ISA 2.06, book I, chapter 7.
    private mutating func overlayVectors() {
        for index in 0..<32 {
            self[.numbered("VSR", index, "_HI")] = self[.numbered("FPR", index)]
            for half in ["_HI", "_LO"] {
                self[.numbered("VSR", index + 32, half)] = self[.numbered("VR", index, half)]
            }
        }
    }

    private mutating func placeControl(_ random: inout SplitMix64) {
        let kernelState: UInt64 = 0x8000_0000_0000_9032
        self[.msr] = kernelState
        self[RegisterIdentifier("SRR1")] = kernelState
        self[.cr] = random.next() & 0xffff_ffff
        for register in [RegisterIdentifier.xer, .dar, .dsisr] { self[register] = 0 }
        self[RegisterIdentifier("PIR")] = UInt64(logicalID)
        self[RegisterIdentifier("PVR")] = model.version
    }
}

/// A small generator: the same seed, the same numbers, on every host.
struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
