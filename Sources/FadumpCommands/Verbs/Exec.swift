import ArgumentParser

struct Exec: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Run a command on a machine: its files are at their hard-coded paths.",
        discussion: """
            The command sees /sys/kernel/fadump*, /sys/kernel/debug/powerpc, /proc/vmcore, /proc/cmdline, \
            /proc/device-tree, /proc/sysrq-trigger and /dev/kmsg of the machine, and the rest of the host's files. \
            When the machine crashes, the command and all it started are killed at once; reboot and poweroff are the \
            machine's.

              fadumpfs exec -- kdump-config load
              fadumpfs exec --name big -- sh -c 'echo c > /proc/sysrq-trigger'    # ends with 255
              fadumpfs exec -- makedumpfile -d 31 -l /proc/vmcore /var/crash/dump
              fadumpfs exec --root / -- kdump-config load       # what it changes on disk is thrown away
              fadumpfs exec --root /srv/bookworm --keep /tmp/changes -- kdump-config savecore
              fadumpfs exec --machine-type ppc64le -- uname -m

            Exit codes: the command's; 125 the boot could not be made; 126, 127 the command cannot be run, or does \
            not exist; 254 the command rebooted the machine or switched it off; 255 the machine crashed, was reset or \
            lost its power.
            """
    )

    @OptionGroup
    var selection: MachineSelection

    @OptionGroup(title: "Boot")
    var boot: BootOptions

    @Argument(
        parsing: .postTerminator,
        help: "The command and its arguments.",
        completion: .shellCommand("compgen -c")
    )
    var command: [String] = []

    func validate() throws {
        guard !command.isEmpty else { throw ValidationError("Missing the command: fadumpfs exec -- COMMAND") }
    }

    func run() throws { try boot.run(selection.entry(), command) }
}
