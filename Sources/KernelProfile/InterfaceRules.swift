import SystemPackage

/// How the sysfs files answer: when they exist, what they accept, which error they give.
public struct InterfaceRules: Sendable, Hashable {
    /// When the fadump files exist.
    public enum Presence: Sendable, Hashable {
        /// Only where fadump was asked for and could be set up (3.4 to 5.4).
        case whenEnabled
        /// Wherever the platform supports fadump, saying 0 where it is off (the design document, 5.10 and later).
        case whenSupported
    }

    /// When the file that releases a dump exists.
    public enum ReleaseFile: Sendable, Hashable {
        /// Where the dump that was found is good.
        case goodDump
        /// Where a dump was found, good or not.
        case anyDump
    }

    /// The form of fadump_region.
    public enum Region: Sendable, Hashable {
        /// A range for each section, and one for the memory that was preserved where it lay (3.4 to 4.19).
        case ranges
        /// Source and destination of boot memory, and a sentence about the memory above (5.4 and later).
        case sourceAndDestination
    }

    /// Where /sys/kernel/kexec_* are.
    public enum KexecFiles: Sendable, Hashable {
        case plain
        /// In /sys/kernel/kexec, with links from the old names.
        case directory
    }

    public var presence: Presence
    public var releaseFile: ReleaseFile
    public var region: Region
    /// Whether the files are in /sys/kernel/fadump, with links from the old names, and tell what is reserved.
    public var hasDirectory: Bool
    /// Whether there is a file hotplug_ready.
    public var saysHotplugReady: Bool
    public var kexecFiles: KexecFiles
    public var parser: ValueParser
    /// The answer to 0 while nothing is registered; nil accepts it.
    public var unregisterTwice: Errno?
    /// The answer to 1 while a dump is registered; nil unregisters and registers again.
    public var registerTwice: Errno?
    /// Whether a write reports that firmware refused to register. 3.4 does not: the write succeeds and the file
    /// goes on reading 0.
    public var reportsRegistrationFailure: Bool
    /// Whether the kernel registers by itself at boot.
    public var registersAtBoot: Bool
    /// Milliseconds for which the kernel asks a busy firmware again; nil asks for ever.
    public var firmwareTimeout: UInt64?
}
