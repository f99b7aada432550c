/// What the kernel does on its way down.
public struct CrashRules: Sendable, Hashable {
    /// `echo c > /proc/sysrq-trigger` makes the kernel fault, rather than call panic().
    public var sysrqCrashIsOops: Bool
    /// panic() stops the other CPUs in a way that marks them offline, so that only the crashing CPU is in the
    /// dump's mask of online CPUs.
    public var panicLeavesOnlyCrashingCPU: Bool
    /// A clean reboot with a registered dump unregisters it first.
    public var rebootUnregisters: Bool
    public var oops: OopsRules
}
