/// An emulator that runs programs of another architecture.
public struct Interpreter: Codable, Sendable, Hashable {
    /// The program, outside the root.
    public var program: String
    /// What registers it with binfmt_misc: the first bytes of the programs it is for, and which of their bits count.
    public var magic: [UInt8]
    public var mask: [UInt8]

    /// Little-endian 64-bit PowerPC executables and shared objects.
    ///
    /// Source: ELF header; e_machine 21, e_flags are not looked at.
    public static func powerPC64LittleEndian(_ program: String) -> Interpreter {
        var magic: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]
        magic += [UInt8](repeating: 0, count: 8) + [2, 0, 21, 0]
        var mask = [UInt8](repeating: 0xff, count: 7) + [0]
        mask += [UInt8](repeating: 0, count: 8) + [0xfe, 0xff, 0xff, 0]
        mask[16] = 0xfe
        mask[19] = 0xff
        return Interpreter(program: program, magic: magic, mask: mask)
    }

    /// The line for binfmt_misc's `register`: F opens the program now, so that the root need not have it.
    var registration: String {
        func escaped(_ bytes: [UInt8]) -> String {
            bytes.map { "\\x" + (($0 < 16 ? "0" : "") + String($0, radix: 16)) }.joined()
        }
        return ":fadumpfs:M::\(escaped(magic)):\(escaped(mask)):\(program):F"
    }
}
