/// The registers of a running CPU, each with a value.
///
/// The emulated CPU runs no code; its registers hold what an idle kernel's could, and always the same for the
/// same seed: addresses in the kernel's text and data, small numbers, a machine state with translation on.
public struct CPUState: Sendable {
    public let logicalID: UInt32
    public let model: CPUModel
    private let names: RegisterNames
    private var values: [UInt64]

    public init(logicalID: UInt32, model: CPUModel, seed: UInt64) {
        self.logicalID = logicalID
        self.model = model
        names = model.names
        var random = SplitMix64(seed: seed ^ (UInt64(logicalID) &+ 1) &* 0x9e37_79b9)
        values = names.identifiers.map { _ in random.next() }
        placePointers(&random)
        placeControl(&random)
        for register in RegisterSet.short { self[register] &= 0xffff_ffff }
        for (place, source) in model.overlaid { values[place] = values[source] }
    }

    /// A register that the model lacks is 0 and stays so.
    public subscript(_ register: RegisterIdentifier) -> UInt64 {
        get { names[register].map { values[$0] } ?? 0 }
        set { if let place = names[register] { values[place] = newValue } }
    }

    /// Sets the bit LE of the machine state, and of its copy at the last interrupt.
    mutating func runLittleEndian() {
        self[.msr] |= 1
        self[RegisterIdentifier("SRR1")] |= 1
    }

    /// The same as a save area gives it back.
    public var saved: SavedCPU { SavedCPU(logicalID: logicalID, names: names, values: values) }

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
