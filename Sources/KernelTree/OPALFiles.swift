import FadumpKernel
import KernFS
import KernelProfile
import Machine
import SystemPackage

/// What a bare machine has besides: the core file of OPAL, in a boot that came by a crash, and the file that frees it.
///
/// Source: opal-core.c (Linux 5.4 and 5.6), Documentation/ABI/testing/sysfs-kernel-fadump. Read, not recorded.
extension BootFiles {
    private var isBareMachine: Bool { machine.configuration.platform == .powernv }

    /// /sys/firmware/opal; nil in partitions.
    var opal: Node? {
        guard isBareMachine, let rules = profile.opal else { return nil }
        let sysfs = conventions.sysfs
        guard rules.coreFiles == .directory else { return .directory("opal", sysfs, [opalCore]) }
        let isThere = presence(of: .opalReleaseCore)
        let release = attribute("release_core", .opalReleaseCore, mode: 0o200, sysfs)
        return .directory(
            "opal",
            sysfs,
            [
                .directory("mpipl", sysfs, [opalCore, release], presence: isThere),
                // The link stays when the file goes.
                .link("core", to: "mpipl/core", sysfs, presence: isThere),
            ]
        )
    }

    /// The file of 5.4 that frees OPAL's core file.
    var opalRelease: [Node] {
        guard isBareMachine, profile.opal?.coreFiles == .beside else { return [] }
        return [attribute("fadump_release_opalcore", .opalReleaseCore, mode: 0o200, conventions.sysfs)]
    }

    /// A binary file of sysfs: a read gives a page at most, and ENODEV once the file is gone.
    ///
    /// Source: `kernfs_fop_read_iter`, `kernfs_get_active` (fs/kernfs/file.c, dir.c).
    private var opalCore: Node {
        let machine = machine
        let boot = boot
        let longest = Int(clamping: pageSize)
        return core(
            "core",
            conventions.binary,
            { machine.opalCore(boot: boot) },
            { VMCoreBlob($0, longestRead: longest, errorOnceReleased: .operationNotSupportedByDevice) }
        )
    }
}
