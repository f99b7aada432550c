extension KernelProfile {
    /// Linux 6.1: fadump registers itself at boot.
    ///
    /// Source: recorded from 6.1.176, little-endian.
    public static let linux61: KernelProfile = {
        var profile = KernelProfile.linux510
        profile.name = "linux-6.1"
        profile.summary = "registers by itself at boot (December 2022)"
        profile.release = "6.1.176-fadump"
        profile.evidence = .recorded("6.1.176", .little)
        // `get_fadump_area_size`: the copy of boot memory begins with a page.
        profile.reservation.contents = .coreHeaderAndAlignedCopy
        profile.reservation.crashKernelStart = 512 << 20
        // `opal_fadump_region_show` (after 5.10).
        profile.opal?.regionNamesArea = false
        // `setup_fadump` registers.
        profile.interface.registersAtBoot = true

        profile.image.vmcoreinfoPlace = .low(0x272_0000)
        // init_fadump_header: all possible CPUs, for a dump that the management console starts (5.16).
        profile.crashInfo.presetsPossibleCPUs = true
        // struct pt_regs: exit_result, amr and iamr (5.12).
        profile.crashInfo.registerWords = 48
        profile.structures = .linux61
        return profile
    }()
}
