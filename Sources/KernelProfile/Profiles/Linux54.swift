extension KernelProfile {
    /// Linux 5.4: fadump is split into a common part and one for each platform, and its memory can be used through CMA.
    ///
    /// Source: recorded from 5.4.273, little-endian.
    public static let linux54: KernelProfile = {
        var profile = KernelProfile.linux419
        profile.name = "linux-5.4"
        profile.summary = "RTAS and OPAL behind one interface; a new fadump_region; CMA (November 2019)"
        profile.release = "5.4.273-fadump"
        profile.evidence = .recorded("5.4.273", .little)
        profile.files.sysfsRepeatsTextBehindJump = false
        // `rtas_fadump_get_bootmem_min`: 320 MB whatever the real mode area, and less is refused.
        profile.bootMemory.minimum = .fixed(320 << 20)
        profile.bootMemory.enforcesMinimum = true
        profile.bootMemory.roundsToPages = true
        // `fadump_get_boot_mem_regions`: a single range, which firmware's structure has room for.
        profile.bootMemory.maximumRegions = 1
        profile.bootMemory.cmaAlignment = 16 << 20
        // `fadump_locate_reserve_mem`; a failure puts fadump off.
        profile.reservation.placement = .lowest
        profile.reservation.failure = .disables
        profile.reservation.usesCMA = true
        profile.interface.region = .sourceAndDestination
        profile.interface.registerTwice = nil
        profile.messages = .linux54
        // opal-fadump.c, opal-core.c.
        profile.opal = .initial

        // fadump_add_mem_range, with the fix of 2022 that keeps boot memory by itself.
        profile.core.joining = .touchingAboveBootMemory
        profile.image.vmcoreinfoPlace = .belowEnd(0x1a2_0000)
        profile.capture.holding = .rangesFromEnd
        profile.capture.freeing = .exact
        // struct pt_regs: ppr and kuap.
        profile.crashInfo.registerWords = 46
        // sysrq_handle_crash calls panic() (5.0); stop_this_cpu takes its CPU offline again (5.2).
        profile.crash.sysrqCrashIsOops = false
        profile.crash.panicLeavesOnlyCrashingCPU = true
        profile.crash.oops.dataFault = "BUG: Kernel NULL pointer dereference on write at"
        profile.crash.oops.build = .pages
        profile.structures = .linux54
        return profile
    }()
}
