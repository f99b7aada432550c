extension KernelProfile {
    /// Linux 4.19: values are parsed as integers.
    ///
    /// Source: recorded from 4.19.48, little-endian.
    public static let linux419: KernelProfile = {
        var profile = KernelProfile.linux414
        profile.name = "linux-4.19"
        profile.summary = "written values are whole numbers (October 2018)"
        profile.release = "4.19.48-fadump"
        profile.evidence = .recorded("4.19.48", .little)
        // `fadump_register_store`, `fadump_release_memory_store`: kstrtoint.
        profile.interface.parser = .integer

        // fadump_add_crash_memory: ranges that touch share a program header.
        profile.core.joining = .touching
        profile.image.vmcoreinfoPlace = .belowEnd(0x166_0000)
        // fadump_reserve_crash_area: holes are left out.
        profile.capture.holding = .ranges
        // smp_send_stop: stopped CPUs stay online (4.18).
        profile.crash.panicLeavesOnlyCrashingCPU = false
        profile.messages = .linux419
        // A fault of seq_file in this release. Recorded.
        profile.files.sysfsRepeatsTextBehindJump = true
        // `irq_soft_mask`: what is off is told, not what is on (4.17).
        profile.crash.oops.interrupts = .mask
        profile.crash.oops.softeInOops = 0
        profile.crash.oops.softeInPanic = 3
        profile.crash.oops.panicClearsEE = true
        profile.structures = .linux419
        return profile
    }()
}
