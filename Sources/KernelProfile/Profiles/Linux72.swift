extension KernelProfile {
    /// Linux 7.2: the newest kernel recorded.
    ///
    /// Source: recorded from 7.2.13, little-endian.
    public static let linux72: KernelProfile = {
        var profile = KernelProfile.linux612
        profile.name = "linux-7.2"
        profile.summary = "/sys/kernel/kexec; boot memory need not be aligned for CMA (2026)"
        profile.release = "7.2.13-fadump"
        profile.evidence = .recorded("7.2.13", .little)
        // `fadump_cma_init`: only the aligned inside of the area is lent.
        profile.bootMemory.cmaAlignment = 0
        profile.reservation.parameterArea?.hashWindow = .belowBootMemory(start: 768 << 20)
        profile.interface.kexecFiles = .directory
        profile.messages = .linux72
        return profile
    }()
}
