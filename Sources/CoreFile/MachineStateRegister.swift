/// The MSR of a Power CPU: what state the CPU was in.
///
/// Source: Power ISA 2.06, Book III-S, section 3.2.1.
public struct MachineStateRegister: Hashable, Sendable {
    public var value: UInt64

    public init(_ value: UInt64) { self.value = value }

    /// The bits that are set, by name, from the most significant on.
    public var names: [String] {
        Self.bits.filter { value >> $0.bit & 1 == 1 }.map(\.name)
    }

    /// What the bits mean: `64-bit, kernel, interrupts on, translation on`.
    public var words: String {
        func isSet(_ name: String) -> Bool {
            Self.bits.contains { $0.name == name && value >> $0.bit & 1 == 1 }
        }
        let translation =
            switch (isSet("IR"), isSet("DR")) {
            case (true, true): "translation on"
            case (false, false): "real mode"
            case (true, false): "translation of instructions only"
            case (false, true): "translation of data only"
            }
        return [
            isSet("SF") ? "64-bit" : "32-bit", isSet("LE") ? "little-endian" : "big-endian",
            isSet("PR") ? "user" : isSet("HV") ? "hypervisor" : "kernel",
            isSet("EE") ? "interrupts on" : "interrupts off", translation,
            isSet("RI") ? "recoverable" : "not recoverable",
        ].joined(separator: ", ")
    }

    private static let bits: [(name: String, bit: UInt64)] = [
        ("SF", 63), ("HV", 60), ("VEC", 25), ("VSX", 23), ("EE", 15), ("PR", 14), ("FP", 13), ("ME", 12),
        ("SE", 10), ("BE", 9), ("IR", 5), ("DR", 4), ("RI", 1), ("LE", 0),
    ]
}
