/// The kernel's small files: what a `show` or a `store` is about.
public enum Attribute: String, Sendable, Hashable, CaseIterable {
    case fadumpEnabled
    case fadumpRegistered
    case fadumpReleaseMemory
    case fadumpRegion
    case fadumpMemoryReserved
    case fadumpHotplugReady
    case fadumpBootargsAppend
    case opalReleaseCore
    case kexecLoaded
    case kexecCrashLoaded
    case kexecCrashSize
    case kexecCrashCMARanges
    case vmcoreinfo
    case panic
    case panicOnOops
    case sysrqTrigger
    case commandLine
    case iomem
    case meminfo

    /// Whether it exists follows from how its kernel came up. The others go with the dump or the area they are about.
    public var isSettledAtBoot: Bool {
        switch self {
        case .fadumpReleaseMemory, .opalReleaseCore, .fadumpBootargsAppend: false
        default: true
        }
    }
}
