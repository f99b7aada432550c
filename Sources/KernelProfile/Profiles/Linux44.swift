extension KernelProfile {
    /// Linux 4.4: the last kernel with the design document's fadump, and the first little-endian one here.
    ///
    /// Source: recorded from 4.4.155, little-endian.
    public static let linux44: KernelProfile = {
        var profile = KernelProfile.linux310
        profile.name = "linux-4.4"
        profile.summary = "little-endian; /proc/vmcore is page aligned and can be mapped (January 2016)"
        profile.release = "4.4.155-fadump"
        profile.evidence = .recorded("4.4.155", .little)
        profile.endiannesses = [.little, .big]
        // `memparse` (lib/cmdline.c).
        profile.parameters.sizeSuffixes = ["K", "M", "G", "T", "P", "E"]
        // sysfs stands on kernfs since 3.14. Recorded.
        profile.files.sysfsKeepsTrustedAttributes = true
        profile.files.procNewName = .noSuchFileOrDirectory
        profile.files.deviceTreeIsInSysfs = true
        profile.files.sysfsCreate = .permissionDenied
        profile.files.sysfsNewName = .notPermitted
        profile.files.countsCMA = true

        // fs/proc/vmcore.c can be mapped since 3.11; e_flags of the core header since 3.14.
        profile.core.layout = .pageAligned
        profile.core.headerFlags = .abiVersion
        // kernel/kexec.c, vmcoreinfo_note: the whole note counts, heads and name included. Recorded: 6dd7b8 1024.
        profile.image.vmcoreinfoNote = 0x6d_d7b8
        profile.image.vmcoreinfoHeads = 36
        // fadump_cleanup: a stable kernel of 2018 unregisters before a restart.
        profile.crash.rebootUnregisters = true
        profile.messages = .linux44
        profile.crash.oops.process = .pid
        profile.crash.oops.softeInOops = 1
        profile.structures = .linux44
        return profile
    }()
}
