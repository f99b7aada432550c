/// What a kernel does differently where OPAL is the firmware.
///
/// Source: arch/powerpc/platforms/powernv/opal-fadump.c, opal-core.c (Linux 5.4 to 7.2). Read, not recorded.
public struct OPALRules: Sendable {
    /// Where the core file of OPAL itself is, and the file that frees it.
    public enum CoreFiles: Sendable, Hashable {
        /// /sys/firmware/opal/core and /sys/kernel/fadump_release_opalcore (5.4).
        case beside
        /// /sys/firmware/opal/mpipl, with a link from the old name (5.6).
        case directory
    }

    /// The least boot memory, in bytes.
    public var leastBootMemory: UInt64
    /// Ranges that boot memory may consist of, and the largest that firmware takes, in bytes.
    public var maximumRegions: Int
    public var largestRegion: UInt64
    /// Bytes of the kernel's own metadata at the end of the reserved dump area, before they are rounded to pages.
    public var metadataSize: UInt64
    public var coreFiles: CoreFiles
    /// fadump_region calls what lies above the start of the area reserved, not what lies above boot memory.
    public var regionNamesArea: Bool
    public var messages: OPALMessages

    /// Those of Linux 5.4, the first kernel that has them.
    public static let initial = OPALRules(
        leastBootMemory: 768 << 20,
        maximumRegions: 128,
        largestRegion: 0xffff_ffff,
        metadataSize: 16 + 128 * 24,
        coreFiles: .beside,
        regionNamesArea: true,
        messages: .initial
    )
}

extension KernelProfile {
    /// The same kernel on a bare machine: nil for kernels whose fadump knows RTAS only.
    public var onOPAL: KernelProfile? {
        guard let opal else { return nil }
        var profile = self
        profile.bootMemory.minimum = .fixed(opal.leastBootMemory)
        profile.bootMemory.maximumRegions = opal.maximumRegions
        profile.bootMemory.largestRegion = opal.largestRegion
        profile.reservation.parameterArea = nil
        profile.reservation.metadataSize = opal.metadataSize
        // `reserve_crashkernel`: at half the real mode area where it is no partition's, at most here.
        profile.reservation.crashKernelStart = 128 << 20
        profile.messages.speakOfOPAL()
        return profile
    }
}

extension Messages {
    /// The platform's part of the messages as OPAL's has it.
    fileprivate mutating func speakOfOPAL() {
        dumpFound = Message(.info, "opal fadump: Firmware-assisted dump is active.")
        registered = Message(.info, "opal fadump: Registration is successful!")
        registrationParameterError = { status in
            Message(.error, "opal fadump: Failed to register. Parameter Error(\(status)).")
        }
        unknownRegistrationError = { status in
            Message(.error, "opal fadump: Failed to register. Unknown Error(\(status)).")
        }
        unregistrationFailed = { status in
            Message(.error, "opal fadump: Failed to un-register - unexpected Error(\(status)).")
        }
        invalidationFailed = { status in
            Message(.error, "opal fadump: Failed to invalidate - unexpected Error(\(status)).")
        }
        // Where headers have versions the common part looks at them (6.10).
        if crashInfoVersions == nil {
            crashInfoNotValid = Message(.error, "opal fadump: Crash info header is not valid.")
        }
        parameterArea = nil
    }
}
