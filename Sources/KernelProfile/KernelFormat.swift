/// Numbers as the kernel's printf prints them.
///
/// Source: `number()` in lib/vsprintf.c (Linux 3.4). Unlike the C library, `#` puts 0x before a zero too.
public enum KernelFormat {
    /// `%#llx`: 0x and the digits, no padding; zero is 0x0.
    public static func hex(_ value: UInt64) -> String {
        "0x" + String(value, radix: 16)
    }

    /// `%#016llx`: 0x and zeros up to a width of 16 in all, so 14 digits, more where they are needed.
    public static func wideHex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return "0x" + String(repeating: "0", count: max(0, 14 - digits.count)) + digits
    }

    /// `%016lx`-style digits without 0x, padded with zeros to `width`.
    public static func digits(_ value: UInt64, width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// `%ld` of a byte count shifted to megabytes: the shift is unsigned, as in the kernel's `size >> 20`.
    public static func megabytes(_ bytes: UInt64) -> String { String(bytes >> 20) }
}
