extension KernelProfile {
    /// Linux 5.10: the files have a directory, and exist wherever the platform supports fadump.
    ///
    /// Source: recorded from 5.10.223, little-endian.
    public static let linux510: KernelProfile = {
        var profile = KernelProfile.linux54
        profile.name = "linux-5.10"
        profile.summary = "/sys/kernel/fadump with links from the old names (December 2020)"
        profile.release = "5.10.223-fadump"
        profile.evidence = .recorded("5.10.223", .little)
        // `fadump_init_files`: before the dump is looked at, and whether fadump is on or not.
        profile.interface.presence = .whenSupported
        profile.interface.releaseFile = .anyDump
        profile.interface.hasDirectory = true

        profile.image.vmcoreinfoPlace = .low(0x568_0000)
        // The notifier of fadump comes before the other CPUs are stopped (5.6).
        profile.crash.panicLeavesOnlyCrashingCPU = false
        // opal-core.c: the core file of OPAL has a directory.
        profile.opal?.coreFiles = .directory
        profile.structures = .linux510
        return profile
    }()
}
