import CoreFile

/// A real kernel whose memory the machine has: the emulated one behaves for it and leaves its memory alone.
///
/// Where in memory the real one keeps its VMCOREINFO, its dump memory structure and its buffers is not told by a dump.
/// VMCOREINFO therefore stays here, beside memory, and goes into the dump from here.
public struct RealKernel: Sendable, Hashable {
    /// Nil where the image has none.
    public var information: VMCoreInfo?
    /// What the CPUs hold, by their logical ids.
    public var registers: [UInt32: PowerRegisters]

    public init(information: VMCoreInfo?, registers: [UInt32: PowerRegisters]) {
        self.information = information
        self.registers = registers
    }

    /// Gives VMCOREINFO the time of this crash: a kernel out of a dump has the one of its own already, and crashes anew.
    mutating func date(_ seconds: Int64, endsLine: Bool) {
        guard let text = information?.text else { return }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let rest = lines.filter { !$0.hasPrefix("CRASHTIME=") }.joined(separator: "\n")
        var dated = VMCoreInfo(text: rest)
        dated.append("CRASHTIME", String(seconds), endsLine: endsLine)
        information = dated
    }
}
