extension KernelProfile {
    /// Linux 4.14: crashkernel= takes the place of fadump_reserve_mem=, and the area goes to the lowest free place.
    ///
    /// Source: recorded from 4.14.67, little-endian.
    public static let linux414: KernelProfile = {
        var profile = KernelProfile.linux44
        profile.name = "linux-4.14"
        profile.summary = "crashkernel= sizes boot memory; the area lies right above it (November 2017)"
        profile.release = "4.14.67-fadump"
        return profile
    }()
}
