/// What the kernel says, word for word.
///
/// Sizes and addresses are bytes; the texts print what their format prints.
public struct Messages: Sendable {
    // Early boot
    public var notSupported: Message
    /// The platform's part found a dump, before the command line is looked at again.
    public var dumpFound: Message?
    public var dumpActive: Message
    public var memoryLimitAdjusted: @Sendable (_ limit: UInt64) -> Message
    public var areaReserved: @Sendable (_ size: UInt64, _ base: UInt64, _ memory: UInt64) -> Message
    public var dumpReserved: @Sendable (_ size: UInt64, _ base: UInt64) -> Message
    public var reservationFailed: Message
    public var bootMemory: BootMemoryMessages?
    public var cmaInitialized:
        (@Sendable (_ area: UInt64, _ areaSize: UInt64, _ bootMemory: UInt64) -> Message)?
    public var parameterArea: ParameterAreaMessages?
    public var crashKernelReserved: @Sendable (_ size: UInt64, _ base: UInt64, _ memory: UInt64) -> Message

    // Registration; `status` is what the RTAS call answered
    public var registered: Message
    public var registrationHardwareError: @Sendable (_ status: Int32) -> Message
    public var registrationParameterError: @Sendable (_ status: Int32) -> Message
    public var alreadyRegistered: Message
    public var unknownRegistrationError: (@Sendable (_ status: Int32) -> Message)?
    public var firmwareTimedOut: (@Sendable (_ call: String) -> Message)?
    /// Printed with a parameter error where memory has holes in the area or below its end.
    public var holesInBootMemory: Message?
    public var unregistrationFailed: @Sendable (_ status: Int32) -> Message
    public var invalidationFailed: @Sendable (_ status: Int32) -> Message

    // Second boot
    /// `section` is the number of the section in the dump memory structure; kernels that judge the dump as a whole do
    /// not print it.
    public var dumpNotValid: @Sendable (_ section: Int) -> Message
    public var dumpIncomplete: @Sendable (_ section: Int) -> Message
    public var sections: SectionMessages?
    public var crashInfoNotValid: Message
    public var crashInfoVersions: CrashInfoMessages?
    public var saveAreaUnreadable: Message
    public var cpuStateUnreadable: Message

    // Crash
    /// What a magic key does.
    public var sysrq: @Sendable (_ action: String) -> Message
    public var restarting: Message

    // Release: one message for each freed range, where the kernel has one
    public var memoryFreed: (@Sendable (_ start: UInt64, _ end: UInt64) -> Message)?
}

/// What the kernel says about the size of boot memory, since `crashkernel=` may say it.
public struct BootMemoryMessages: Sendable {
    /// `fadump_reserve_mem=` is out of date.
    public var deprecated: Message
    /// Both were given.
    public var crashKernelWins: Message
    /// More was asked for than a share of RAM.
    public var capped: @Sendable (_ size: UInt64) -> Message
    /// Less was asked for than is allowed; nil where every size is.
    public var tooSmall: (@Sendable (_ size: UInt64, _ least: UInt64) -> Message)?
    /// Low memory has more holes than firmware takes sections.
    public var tooManyHoles: Message?
}

/// What the kernel says about additional parameters for the capture kernel.
public struct ParameterAreaMessages: Sendable {
    public var noRoom: Message
    public var tooLong: Message
    /// The capture kernel took them over.
    public var commandLineUpdated: @Sendable (_ commandLine: String) -> Message
}

/// What the kernel says of a section of a dump, where it looks at each by itself.
public struct SectionMessages: Sendable {
    /// Follows what is wrong with it: which section it was.
    public var bad: @Sendable (_ type: UInt16, _ source: UInt64, _ destination: UInt64) -> Message
    /// It is passed over.
    public var unknown: @Sendable (_ type: UInt16, _ source: UInt64, _ destination: UInt64) -> Message
    /// Parameters for the capture kernel got lost.
    public var parametersLost: Message
}

/// What the kernel says of a crash info header that another kernel wrote, where headers have versions.
public struct CrashInfoMessages: Sendable {
    public var old: Message
    public var otherEndianness: Message
    public var otherSizes: Message
}
