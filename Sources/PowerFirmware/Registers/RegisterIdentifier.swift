/// The name of a register in a register save area: up to eight ASCII characters, the first one in the most
/// significant byte, zeros behind. "GPR05" is 0x4750523035000000.
///
/// Source: LoPAR, firmware-assisted dump data format.
public struct RegisterIdentifier: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt64
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    public init(_ name: String) {
        let bytes = Array(name.utf8.prefix(8))
        rawValue = (0..<8).reduce(0) { $0 << 8 | ($1 < bytes.count ? UInt64(bytes[$1]) : 0) }
    }

    /// The register's name; bytes that are no ASCII letters show as "?".
    public var name: String {
        var text = ""
        for index in 0..<8 {
            let byte = UInt8(truncatingIfNeeded: rawValue >> UInt64(56 - 8 * index))
            if byte == 0 { break }
            text.append(byte < 0x7f && byte > 0x20 ? Character(Unicode.Scalar(byte)) : "?")
        }
        return text
    }

    public static let cpuStart = RegisterIdentifier("CPUSTRT")
    public static let cpuEnd = RegisterIdentifier("CPUEND")
    public static let nia = RegisterIdentifier("NIA")
    public static let msr = RegisterIdentifier("MSR")
    public static let ctr = RegisterIdentifier("CTR")
    public static let lr = RegisterIdentifier("LR")
    public static let xer = RegisterIdentifier("XER")
    public static let cr = RegisterIdentifier("CR")
    public static let dar = RegisterIdentifier("DAR")
    public static let dsisr = RegisterIdentifier("DSISR")

    /// The general purpose register of this number, 0 to 31.
    public static func gpr(_ index: Int) -> RegisterIdentifier {
        gprs.indices.contains(index) ? gprs[index] : numbered("GPR", index)
    }

    private static let gprs = (0..<32).map { numbered("GPR", $0) }

    static func numbered(_ group: String, _ index: Int, _ suffix: String = "") -> RegisterIdentifier {
        RegisterIdentifier(group + (index < 10 ? "0" : "") + String(index) + suffix)
    }
}
