/// Where every file of a boot comes from, as steps in order. Planning touches nothing.
struct BootMounts {
    let plan: BootPlan
    let machine: any TreeFacts
    /// The host's files, and those of the boot's root.
    let host: any TreeFacts
    let inside: any TreeFacts
    /// What is mounted below /sys and, with a root of its own, below that: relative to them.
    let systemMounts: [MountTable.Mount]
    let rootMounts: [MountTable.Mount]

    /// Where the boot's root stands until it is entered; the root that is there stays where it is.
    var root: String { plan.root == nil ? "" : RootMounts.place }

    /// A place that every host has. What is put up there meanwhile is gone again at the end: unmounted, or out of reach
    /// when another root has been entered.
    static let scratch = "/proc"

    /// Everything but /proc.
    var beforeProcesses: [MountStep] {
        var steps: [MountStep] = [
            .scratch(Self.scratch, mode: "0755"), .directory(Self.scratch + "/view"),
            .directory(Self.scratch + "/view/sys"),
            .bind(from: "/sys", to: Self.scratch + "/view/sys", recursive: true),
        ]
        if let root = plan.root { steps += RootMounts(root: root, mounts: rootMounts, host: host).steps }
        var graft = Graft(
            machine: machine,
            host: host,
            root: root,
            scratch: Self.scratch,
            view: Self.scratch + "/view",
            mounts: systemMounts.map { "/sys" + $0.point },
            areMountsLocked: plan.users != .none
        )
        graft.lay("/sys")
        return steps + graft.steps + Hiding(files: inside, root: root).steps
            + (plan.root == nil ? [.detach(Self.scratch)] : []) + [.processes(root + "/proc")]
    }

    /// What comes into the boot's /proc when that is served, and /dev/kmsg, which is served from there.
    var afterProcesses: [MountStep] {
        let proc = root + "/proc"
        let real = proc + "/" + ProcFiles.real
        var steps = constants.flatMap { constant($0, real, proc) }
        steps += [
            .processes(real), .bind(from: real + "/sys", to: proc + "/sys", recursive: false),
            .readOnly(proc + "/sys"),
        ]
        for name in ["sys", "acpi", "bus", "fs", "irq", "mtrr", "scsi"]
        where host.kind("/proc/" + name) != nil {
            steps.append(.bind(from: "\(real)/\(name)", to: "\(real)/\(name)", recursive: false))
            steps.append(.readOnly("\(real)/\(name)"))
        }
        for name in ["kmsg"] where host.kind("/proc/" + name) != nil {
            steps.append(.bind(from: "/dev/null", to: "\(real)/\(name)", recursive: false))
        }
        if host.kind("/proc/sysrq-trigger") != nil {
            steps.append(.bind(from: proc + "/sysrq-trigger", to: real + "/sysrq-trigger", recursive: false))
        }
        for name in machine.names("/proc") where name != "sysrq-trigger" && !constants.contains(name) {
            steps += name == "sys" ? settings("/proc/sys") : [bind("/proc/" + name)]
        }
        if inside.kind("/dev/kmsg") != nil {
            let messages = proc + "/" + ProcFiles.messages
            steps.append(.bind(from: messages, to: root + "/dev/kmsg", recursive: false))
        }
        return steps
    }

    /// Files that stay as they are for a whole boot. sendfile(2) copies nothing of a file of FUSE whose size is 0, as
    /// procfs has it, so that programs which copy files find regular ones.
    private var constants: [String] { machine.names("/proc").filter { $0 == "cmdline" } }

    /// A copy over the file's place, out of a tmpfs that is gone from sight at once.
    private func constant(_ name: String, _ scratch: String, _ proc: String) -> [MountStep] {
        [
            .scratch(scratch, mode: "0755"), .copy(from: "proc/" + name, to: scratch + "/" + name),
            .bind(from: scratch + "/" + name, to: proc + "/" + name, recursive: false),
            .readOnly(proc + "/" + name), .detach(scratch),
        ]
    }

    /// The machine's sysctls over the host's, where that has them.
    private func settings(_ path: String) -> [MountStep] {
        machine.names(path).flatMap { name -> [MountStep] in
            let child = path + "/" + name
            switch (machine.kind(child), host.kind(child)) {
            case (.directory?, .directory?): return settings(child)
            case (.other?, .other?): return [bind(child)]
            default: return []
            }
        }
    }

    private func bind(_ path: String) -> MountStep {
        .bind(from: String(path.dropFirst()), to: root + path, recursive: false)
    }
}
