extension KernelProfile {
    /// Linux 6.12: the capture kernel builds the ELF core header, so that hot-plugged memory is in the dump.
    ///
    /// Source: recorded from 6.12.107, little-endian.
    public static let linux612: KernelProfile = {
        var profile = KernelProfile.linux61
        profile.name = "linux-6.12"
        profile.summary = "the capture kernel builds the core header; bootargs_append (November 2024)"
        profile.release = "6.12.107-fadump"
        return profile
    }()
}
