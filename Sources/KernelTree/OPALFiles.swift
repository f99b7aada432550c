import FadumpKernel
import KernFS
import KernelProfile
import Machine

/// What a bare machine has besides: the core file of OPAL, in a boot that came by a crash, and the file that frees it.
///
/// Source: opal-core.c (Linux 5.4 and 5.6), Documentation/ABI/testing/sysfs-kernel-fadump. Read, not recorded.
extension BootFiles {
    private var isBareMachine: Bool { machine.configuration.platform == .powernv }

    /// /sys/firmware/opal; nil in partitions.
    var opal: Node? {
        guard isBareMachine, let rules = profile.opal else { return nil }
        let sysfs = conventions.sysfs
        let machine = machine
        let boot = boot
        let core = core("core", conventions.binary) { machine.opalCore(boot: boot) }
        guard rules.coreFiles == .directory else { return .directory("opal", sysfs, [core]) }
        let release = attribute("release_core", .opalReleaseCore, mode: 0o200, sysfs)
        let isThere: @Sendable () -> Bool = { machine.opalCore(boot: boot) != nil }
        return .directory(
            "opal",
            sysfs,
            [
                .directory("mpipl", sysfs, [core, release], isPresent: presence(of: .opalReleaseCore)),
                .link("core", to: "mpipl/core", sysfs, isPresent: isThere),
            ]
        )
    }

    /// The file of 5.4 that frees OPAL's core file.
    var opalRelease: [Node] {
        guard isBareMachine, profile.opal?.coreFiles == .beside else { return [] }
        return [attribute("fadump_release_opalcore", .opalReleaseCore, mode: 0o200, conventions.sysfs)]
    }
}
