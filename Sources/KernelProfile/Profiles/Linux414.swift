extension KernelProfile {
    /// Linux 4.14: crashkernel= takes the place of fadump_reserve_mem=, and the area goes to the lowest free place.
    ///
    /// Source: recorded from 4.14.67, little-endian.
    public static let linux414: KernelProfile = {
        var profile = KernelProfile.linux44
        profile.name = "linux-4.14"
        profile.summary = "crashkernel= sizes boot memory; the area lies right above it (November 2017)"
        profile.release = "4.14.67-fadump"
        profile.evidence = .recorded("4.14.67", .little)
        // `fadump_calculate_reserve_size`: crashkernel= says the size, at most a quarter of RAM.
        profile.bootMemory.sharesTotal = true
        profile.bootMemory.takesCrashKernelSize = true
        profile.bootMemory.crashKernelCapDivisor = 4
        // `fadump_reserve_mem`: from the bottom up; a failure leaves fadump enabled.
        profile.reservation.placement = .steps
        profile.reservation.failure = .leavesEnabled
        // `fadump_register_store`: errors of the registration are returned.
        profile.interface.unregisterTwice = nil
        profile.interface.registerTwice = .fileExists
        profile.interface.reportsRegistrationFailure = true
        profile.messages = .linux414

        // fadump_setup_crash_memory_ranges: what boot memory covers is passed over (4.13).
        profile.core.repeatsLowMemory = false
        profile.files.sysfsSync = nil
        profile.files.sysfsExtendedAttribute = .notSupported
        profile.files.vmcoreinfoHasPrefix = true
        // kernel/crash_core.c: the note is allocated, with a page for its text (4.13). Recorded: 0x7e920000 10024.
        profile.image.vmcoreinfoPlace = .belowEnd(0x16e_0000)
        profile.image.vmcoreinfoText = nil
        profile.crash.oops.build = .byteOrder
        profile.crash.oops.gap = "  "
        profile.structures = .linux414
        return profile
    }()
}
