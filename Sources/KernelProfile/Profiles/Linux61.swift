extension KernelProfile {
    /// Linux 6.1: fadump registers itself at boot.
    ///
    /// Source: recorded from 6.1.176, little-endian.
    public static let linux61: KernelProfile = {
        var profile = KernelProfile.linux510
        profile.name = "linux-6.1"
        profile.summary = "registers by itself at boot (December 2022)"
        profile.release = "6.1.176-fadump"
        // `get_fadump_area_size`: the copy of boot memory begins with a page.
        profile.reservation.contents = .coreHeaderAndAlignedCopy
        profile.reservation.crashKernelStart = 512 << 20
        // `setup_fadump` registers.
        profile.interface.registersAtBoot = true
        return profile
    }()
}
