extension KernelProfile {
    /// Linux 6.1: fadump registers itself at boot.
    ///
    /// Source: recorded from 6.1.176, little-endian.
    public static let linux61: KernelProfile = {
        var profile = KernelProfile.linux510
        profile.name = "linux-6.1"
        profile.summary = "registers by itself at boot (December 2022)"
        profile.release = "6.1.176-fadump"
        return profile
    }()
}
