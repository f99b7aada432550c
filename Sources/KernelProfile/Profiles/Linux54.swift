extension KernelProfile {
    /// Linux 5.4: fadump is split into a common part and one for each platform, and its memory can be used through CMA.
    ///
    /// Source: recorded from 5.4.273, little-endian.
    public static let linux54: KernelProfile = {
        var profile = KernelProfile.linux419
        profile.name = "linux-5.4"
        profile.summary = "RTAS and OPAL behind one interface; a new fadump_region; CMA (November 2019)"
        profile.release = "5.4.273-fadump"
        return profile
    }()
}
