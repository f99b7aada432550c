/// The crash info header: what the crashing kernel leaves for the next one, behind the copy of boot memory.
///
/// Source: `struct fadump_crash_info_header` (Linux 3.4 to 6.1, arch/powerpc/include/asm/fadump.h; Linux 6.10 and
/// later, fadump-internal.h).
public struct CrashInfoRules: Sendable, Hashable {
    /// What follows the magic number.
    public enum Format: Sendable, Hashable {
        /// The address of the ELF core header that the first kernel built.
        case coreHeader
        /// A version, and what the capture kernel needs to build the ELF core header: where VMCOREINFO is, and the
        /// sizes of registers and mask (6.10).
        case versioned(UInt32)
    }

    public var format: Format
    /// Words of 8 bytes in the kernel's `struct pt_regs`.
    public var registerWords: Int
    /// The mask of CPUs holds all possible CPUs from registration on, so that a dump that firmware starts by itself
    /// has their registers; without this it is empty until the kernel crashes.
    public var presetsPossibleCPUs: Bool

    /// The magic number of this format, in the kernel's byte order: FADMPINF, and FADMPSIG since there are versions.
    public var magic: UInt64 {
        switch format {
        case .coreHeader: Self.oldMagic
        case .versioned: 0x4641_444d_5053_4947
        }
    }

    /// FADMPINF, which a kernel that knows versions refuses with words of its own.
    public static let oldMagic: UInt64 = 0x4641_444d_5049_4e46
}
