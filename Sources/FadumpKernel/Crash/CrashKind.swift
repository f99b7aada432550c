/// How a machine is brought down.
public enum CrashKind: String, Sendable, Hashable, CaseIterable {
    /// What `echo c > /proc/sysrq-trigger` does in this kernel.
    case sysrq
    /// The kernel calls panic().
    case panic
    /// The kernel faults; whether it then panics is for `panic_on_oops` to say.
    case oops
    /// The system reset interrupt, as `virsh inject-nmi` or the management console sends it.
    case systemReset = "system-reset"
    /// The management console makes firmware take the dump without asking the kernel.
    case console = "hmc"
}

/// A crash to come.
public struct CrashRequest: Sendable, Hashable {
    public var kind: CrashKind
    /// The CPU that crashes.
    public var cpu: UInt32
    /// What the kernel says the reason is; nil for the kernel's own words.
    public var reason: String?
    /// The write that asked for it, answered when the next boot can be read.
    public var request: RequestID?
    /// Bytes of that write.
    public var count: Int

    public init(
        _ kind: CrashKind,
        cpu: UInt32,
        reason: String? = nil,
        request: RequestID? = nil,
        count: Int = 0
    ) {
        self.kind = kind
        self.cpu = cpu
        self.reason = reason
        self.request = request
        self.count = count
    }
}

/// A crash under way: from here on the kernel runs nothing else.
public struct CrashInProgress: Sendable, Hashable {
    public var request: CrashRequest
    /// The panic timeout is 0: the kernel waits for somebody to reset the machine.
    public var isHung = false
    /// What firmware is told.
    var terminationReason = ""

    init(request: CrashRequest) { self.request = request }
}
