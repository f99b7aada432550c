import FadumpKernel
import KernFS
import KernelProfile

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
                    fadump + opalRelease + kexec + [
                        attribute("vmcoreinfo", .vmcoreinfo, mode: 0o444, sysfs), debug,
                    ]
                ),
                firmware,
            ]
        )
    }

    /// The files of fadump: beside each other until 5.4; in a directory since, with links from the old names.
    private var fadump: [Node] {
        let sysfs = conventions.sysfs
        guard profile.interface.hasDirectory else {
            return [
                attribute("fadump_enabled", .fadumpEnabled, mode: 0o444, sysfs),
                attribute("fadump_registered", .fadumpRegistered, mode: 0o644, sysfs),
                attribute("fadump_release_mem", .fadumpReleaseMemory, mode: 0o200, sysfs),
            ]
        }
        return [
            .directory(
                "fadump",
                sysfs,
                [
                    attribute("enabled", .fadumpEnabled, mode: 0o444, sysfs),
                    attribute("hotplug_ready", .fadumpHotplugReady, mode: 0o444, sysfs),
                    attribute("mem_reserved", .fadumpMemoryReserved, mode: 0o444, sysfs),
                    attribute("registered", .fadumpRegistered, mode: 0o644, sysfs),
                    attribute("bootargs_append", .fadumpBootargsAppend, mode: 0o644, sysfs),
                    attribute("release_mem", .fadumpReleaseMemory, mode: 0o200, sysfs),
                ],
                presence: presence(of: .fadumpEnabled)
            ),
            link("fadump_enabled", to: "fadump/enabled", .fadumpEnabled),
            link("fadump_registered", to: "fadump/registered", .fadumpRegistered),
            link("fadump_release_mem", to: "fadump/release_mem", .fadumpReleaseMemory),
        ]
    }

    private var firmware: Node {
        let sysfs = conventions.sysfs
        var folders: [Node] = []
        if profile.files.deviceTreeIsInSysfs {
            folders.append(.directory("devicetree", sysfs, [deviceTree("base")]))
        }
        if let opal { folders.append(opal) }
        return .directory("firmware", sysfs, folders)
    }

    private var kexec: [Node] {
        let sysfs = conventions.sysfs
        var files: [(String, Attribute, UInt16)] = [
            ("loaded", .kexecLoaded, 0o444), ("crash_loaded", .kexecCrashLoaded, 0o444),
            ("crash_size", .kexecCrashSize, 0o644),
        ]
        guard profile.interface.kexecFiles == .directory else {
            return files.map { attribute("kexec_" + $0.0, $0.1, mode: $0.2, sysfs) }
        }
        files.append(("crash_cma_ranges", .kexecCrashCMARanges, 0o444))
        let directory = Node.directory("kexec", sysfs, files.map { attribute($0.0, $0.1, mode: $0.2, sysfs) })
        return [directory] + files.map { link("kexec_" + $0.0, to: "kexec/" + $0.0, $0.1) }
    }

    private var debug: Node {
        let debugfs = conventions.debugfs
        guard profile.build.mountsDebugfs else { return .directory("debug", conventions.sysfs, []) }
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

    /// An old name of a file, there as long as the file is.
    private func link(_ name: String, to target: String, _ attribute: Attribute) -> Node {
        .link(name, to: target, conventions.sysfs, presence: presence(of: attribute))
    }

}
