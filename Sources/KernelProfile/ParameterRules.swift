/// The kernel's ways of reading its command line.
public struct ParameterRules: Sendable, Hashable {
    /// The size suffixes that `memparse` knows, smallest first, each 1024 times the one before.
    public var sizeSuffixes: [Character]
    /// The early boot code searches the whole command line for "mem=", so that `fadump_reserve_mem=X` limits
    /// memory as `mem=X` does.
    ///
    /// Source: `early_cmdline_parse` (Linux 3.4, arch/powerpc/kernel/prom_init.c); recorded from 3.4.113.
    public var findsMemInsideOtherParameters: Bool
    /// The early boot code rounds a memory limit up to a multiple of this.
    public var earlyLimitAlignment: UInt64
    /// `crashkernel=` with `,high` or `,low` behind the size is another parameter, not this one.
    ///
    /// Source: `get_last_crashkernel` (Linux 3.9 and later).
    public var passesOverCrashKernelSuffixes: Bool
    /// A `crashkernel=` of all memory or more counts as none.
    ///
    /// Source: `parse_crashkernel` (Linux 6.7 and later, kernel/crash_reserve.c).
    public var refusesCrashKernelOfAllMemory: Bool
    /// A `crashkernel=` whose ranges do not hold this machine's memory is spoken of. Recorded from 7.2.13.
    public var tellsOfEmptyCrashKernel: Bool
    /// `panic_timeout` in seconds where the command line says nothing.
    public var panicTimeout: Int32
}
