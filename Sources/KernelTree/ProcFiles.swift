import KernFS
import Machine
import SystemPackage

extension BootFiles {
    /// /proc: the dump, and what scripts read to find out where they are.
    var proc: Node {
        let procfs = conventions.procfs
        return .directory(
            "proc",
            mode: 0o555,
            procfs,
            [
                vmcore,
                attribute("cmdline", .commandLine, mode: 0o444, procfs),
                attribute("iomem", .iomem, mode: 0o444, procfs),
                attribute("meminfo", .meminfo, mode: 0o444, procfs),
                attribute("sysrq-trigger", .sysrqTrigger, mode: 0o200, procfs),
                deviceTree("device-tree"),
                .directory(
                    "sys",
                    mode: 0o555,
                    procfs,
                    [
                        .directory(
                            "kernel",
                            mode: 0o555,
                            procfs,
                            [
                                attribute("panic", .panic, mode: 0o644, procfs),
                                attribute("panic_on_oops", .panicOnOops, mode: 0o644, procfs),
                            ]
                        )
                    ]
                ),
            ]
        )
    }

    private var vmcore: Node {
        let machine = machine
        let boot = boot
        return core(
            "vmcore",
            conventions.vmcore,
            { machine.vmcore(boot: boot) },
            { VMCoreBlob($0, backing: VMCoreBacking($0)) }
        )
    }

    /// A core file, there while there is a handle on it.
    func core(
        _ name: String,
        _ conventions: Conventions,
        _ handle: @escaping @Sendable () -> VMCoreHandle?,
        _ open: @escaping @Sendable (VMCoreHandle) -> VMCoreBlob
    ) -> Node {
        .blob(
            name,
            mode: 0o400,
            conventions,
            open: { () throws(Errno) in
                guard let handle = handle() else { throw .noSuchFileOrDirectory }
                return open(handle)
            },
            size: { handle()?.core.size ?? 0 },
            presence: .asked { handle() != nil }
        )
    }
}
