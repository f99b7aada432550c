/// The crash info header: what the crashing kernel leaves for the next one, behind the copy of boot memory.
///
/// Source: `struct fadump_crash_info_header` (Linux 3.4, arch/powerpc/include/asm/fadump.h).
public struct CrashInfoRules: Sendable, Hashable {
    /// The magic number, in the kernel's byte order: "FADMPINF" for 3.4.
    public var magic: UInt64
    /// Words of 8 bytes in the kernel's `struct pt_regs`.
    public var registerWords: Int
}
