/// An emulator that runs a root's programs of another architecture.
public struct Interpreter: Codable, Sendable, Hashable {
    /// The program, outside the root.
    public var program: String
    /// The ELF machine of the programs it is for. Source: e_machine of the ELF header.
    public var machine: UInt16
    public var isLittleEndian: Bool

    public init(program: String, machine: UInt16, isLittleEndian: Bool) {
        self.program = program
        self.machine = machine
        self.isLittleEndian = isLittleEndian
    }

    /// Where the program is bound inside the root when it stands before the command.
    static let place = "/.fadumpfs-interpreter"

    /// The line for binfmt_misc's `register`: F opens the program now, so that the root need not have it.
    ///
    /// Executables and shared objects of 64 bits, whatever their ABI and flags.
    var registration: String {
        let order: (UInt16) -> [UInt8] = { number in
            let bytes = [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
            return isLittleEndian ? bytes : bytes.reversed()
        }
        var magic: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, isLittleEndian ? 1 : 2, 1]
        magic += [UInt8](repeating: 0, count: 9) + order(2) + order(machine)
        var mask = [UInt8](repeating: 0xff, count: 7)
        mask += [UInt8](repeating: 0, count: 9) + order(0xfffe) + order(0xffff)
        func escaped(_ bytes: [UInt8]) -> String {
            bytes.map { "\\x" + (($0 < 16 ? "0" : "") + String($0, radix: 16)) }.joined()
        }
        return ":fadumpfs:M::\(escaped(magic)):\(escaped(mask)):\(program):F"
    }
}
