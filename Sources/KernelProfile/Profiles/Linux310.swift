extension KernelProfile {
    /// Linux 3.10: what changed since 3.4 is around fadump, not in it.
    ///
    /// Source: recorded from 3.10.105, big-endian.
    public static let linux310: KernelProfile = {
        var profile = KernelProfile.linux34
        profile.name = "linux-3.10"
        profile.summary = "as 3.4; debugfs is root's own (June 2013)"
        profile.release = "3.10.105-fadump"
        profile.evidence = .recorded("3.10.105", .big)
        profile.parameters.passesOverCrashKernelSuffixes = true
        // The root of debugfs is for root alone. Recorded.
        profile.files.procNewName = .notPermitted
        profile.files.debugfsRootMode = 0o700

        // kernel/kexec.c, crash_save_vmcoreinfo: the line of the crash time ends (3.5). Recorded.
        profile.core.crashTimeEndsLine = true
        profile.structures = .linux310
        return profile
    }()
}
