extension KernelProfile {
    /// Linux 4.4: the last kernel with the design document's fadump, and the first little-endian one here.
    ///
    /// Source: recorded from 4.4.155, little-endian.
    public static let linux44: KernelProfile = {
        var profile = KernelProfile.linux310
        profile.name = "linux-4.4"
        profile.summary = "little-endian; /proc/vmcore is page aligned and can be mapped (January 2016)"
        profile.release = "4.4.155-fadump"
        profile.endiannesses = [.little, .big]
        // `memparse` (lib/cmdline.c).
        profile.parameters.sizeSuffixes = ["K", "M", "G", "T", "P", "E"]
        profile.files.countsCMA = true
        profile.files.vmcoreinfoHasPrefix = true
        return profile
    }()
}
