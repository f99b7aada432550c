import ArgumentParser

/// The command `fadumpfs`.
public struct FadumpCommand: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "fadumpfs",
        abstract: "A Power machine with firmware-assisted dump, as a mounted directory.",
        discussion: """
            Mounts the files through which Linux on IBM Power offers firmware-assisted dump (fadump), backed by \
            an emulated machine. Register, crash it, read the dump, release it:

              fadumpfs mount /mnt/power
              echo 1 > /mnt/power/sys/kernel/fadump_registered
              echo c > /mnt/power/proc/sysrq-trigger
              readelf -hl /mnt/power/proc/vmcore
              echo 1 > /mnt/power/sys/kernel/fadump_release_mem
              fadumpfs unmount /mnt/power

            Exit codes: 0 done; 1 failed, with the reason on stderr; 2 of verify: nothing can be said; 64 the command line or a machine file was wrong; \
            128 and the signal's number when it was interrupted.

            Environment: FADUMPFS_RUNTIME_DIR, where running machines are found (/run/fadumpfs); FADUMPFS_MACHINES, \
            folders with machine files (/etc/fadumpfs); NO_COLOR, no colours.
            """,
        version: "0.1.0",
        subcommands: [
            Mount.self, Unmount.self, List.self, Status.self, Map.self, Timeline.self, VMCore.self,
            Verify.self,
            TruthVerb.self,
            VmlinuxVerb.self,
            Exec.self, Shell.self, Run.self, Crash.self, Reboot.self, Dmesg.self,
            Kernels.self,
            KexecLoad.self, Advise.self, MachineVerb.self, Schema.self, ReadImage.self,
        ]
    )

    public init() {}
}
