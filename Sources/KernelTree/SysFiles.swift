import KernFS

extension BootFiles {
    /// /sys: the kernel's attributes, debugfs below it as systems mount it, and the device tree.
    var sys: Node {
        let sysfs = conventions.sysfs
        return .directory(
            "sys",
            sysfs,
            [
                .directory(
                    "kernel",
                    sysfs,
                    [
                        attribute("fadump_enabled", .fadumpEnabled, mode: 0o444, sysfs),
                        attribute("fadump_registered", .fadumpRegistered, mode: 0o644, sysfs),
                        attribute("fadump_release_mem", .fadumpReleaseMemory, mode: 0o200, sysfs),
                        attribute("kexec_loaded", .kexecLoaded, mode: 0o444, sysfs),
                        attribute("kexec_crash_loaded", .kexecCrashLoaded, mode: 0o444, sysfs),
                        attribute("kexec_crash_size", .kexecCrashSize, mode: 0o644, sysfs),
                        attribute("vmcoreinfo", .vmcoreinfo, mode: 0o444, sysfs),
                        debug,
                    ]
                ),
                .directory("firmware", sysfs, [.directory("devicetree", sysfs, [deviceTree("base")])]),
            ]
        )
    }

    private var debug: Node {
        let debugfs = conventions.debugfs
        return .directory(
            "debug",
            mode: profile.files.debugfsRootMode,
            debugfs,
            [
                .directory(
                    "powerpc",
                    debugfs,
                    [attribute("fadump_region", .fadumpRegion, mode: 0o444, debugfs)]
                )
            ]
        )
    }
}
