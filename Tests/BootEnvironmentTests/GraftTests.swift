import Testing

@testable import BootEnvironment

@Suite("The machine's files over the host's, as a plan")
struct GraftTests {
    private func steps(
        machine: [String],
        host: FakeTree,
        mounts: [String] = [],
        areMountsLocked: Bool = false,
        root: String = ""
    ) -> [MountStep] {
        var graft = Graft(
            machine: FakeTree(machine),
            host: host,
            root: root,
            scratch: "/proc",
            view: "/proc/view",
            mounts: mounts,
            areMountsLocked: areMountsLocked
        )
        graft.lay("/sys")
        return graft.steps
    }

    @Test("what both have is bound without an overlay")
    func bound() {
        #expect(
            steps(machine: ["/sys/kernel/vmcoreinfo"], host: FakeTree(["/sys/kernel/vmcoreinfo"])) == [
                .bind(from: "sys/kernel/vmcoreinfo", to: "/sys/kernel/vmcoreinfo", recursive: false)
            ]
        )
    }

    @Test(
        "what the host lacks gets room in an overlay, and what was mounted below is bound anew, outermost only"
    )
    func room() {
        let machine = ["/sys/kernel/fadump/enabled", "/sys/kernel/fadump_enabled->fadump/enabled"]
        let host = FakeTree(["/sys/kernel/debug/", "/sys/kernel/security/"])
        let mounts = ["/sys/kernel/debug", "/sys/kernel/debug/tracing", "/sys/fs/cgroup"]
        #expect(
            steps(machine: machine, host: host, mounts: mounts) == [
                .directory("/proc/layer1"), .directory("/proc/layer1/fadump"),
                .link("/proc/layer1/fadump_enabled", target: "fadump/enabled"),
                .overlay(
                    lower: ["/proc/layer1", "/proc/view/sys/kernel"],
                    upper: nil,
                    work: nil,
                    at: "/sys/kernel"
                ),
                .bind(from: "/proc/view/sys/kernel/debug", to: "/sys/kernel/debug", recursive: true),
                .bind(from: "sys/kernel/fadump", to: "/sys/kernel/fadump", recursive: false),
            ]
        )
    }

    @Test("directories of both are gone into; one that cannot be looked into is covered as a whole")
    func unreadable() {
        let machine = ["/sys/kernel/debug/powerpc/fadump_region"]
        let open = steps(machine: machine, host: FakeTree(["/sys/kernel/debug/tracing/"]))
        #expect(open.contains(.directory("/proc/layer1/powerpc")))
        #expect(
            open.last
                == .bind(from: "sys/kernel/debug/powerpc", to: "/sys/kernel/debug/powerpc", recursive: false)
        )
        let closed = FakeTree(["/sys/kernel/debug/tracing/"], unreadable: ["/sys/kernel/debug"])
        #expect(
            steps(machine: machine, host: closed) == [
                .bind(from: "sys/kernel/debug", to: "/sys/kernel/debug", recursive: false)
            ]
        )
    }

    @Test("where mounts are locked, a directory above one gets placeholders for everything, and no overlay")
    func locked() {
        let machine = ["/sys/kernel/new", "/sys/kernel/both/file", "/sys/kernel/debug/powerpc/"]
        let host = FakeTree(
            [
                "/sys/kernel/both/", "/sys/kernel/debug/", "/sys/kernel/security/evm", "/sys/kernel/notes",
                "/sys/kernel/link->notes",
            ],
            unreadable: ["/sys/kernel/debug"]
        )
        let mounts = ["/sys/kernel/debug", "/sys/kernel/security"]
        func bind(_ from: String, _ to: String, recursive: Bool) -> MountStep {
            .bind(from: from, to: "/sys/kernel/" + to, recursive: recursive)
        }
        let placed = steps(machine: machine, host: host, mounts: mounts, areMountsLocked: true)
        #expect(
            placed.prefix(7) == [
                .directory("/proc/layer1"), .directory("/proc/layer1/both"), .directory("/proc/layer1/debug"),
                .emptyFile("/proc/layer1/new"), .link("/proc/layer1/link", target: "notes"),
                .emptyFile("/proc/layer1/notes"), .directory("/proc/layer1/security"),
            ]
        )
        // What both have is the host's first, and has an overlay of its own: nothing is mounted in it.
        #expect(
            placed.dropFirst(7) == [
                .bind(from: "/proc/layer1", to: "/sys/kernel", recursive: false), .readOnly("/sys/kernel"),
                bind("/proc/view/sys/kernel/both", "both", recursive: true),
                bind("/proc/view/sys/kernel/notes", "notes", recursive: true),
                bind("/proc/view/sys/kernel/security", "security", recursive: true),
                .directory("/proc/layer2"), .emptyFile("/proc/layer2/file"),
                .overlay(
                    lower: ["/proc/layer2", "/proc/view/sys/kernel/both"],
                    upper: nil,
                    work: nil,
                    at: "/sys/kernel/both"
                ),
                bind("sys/kernel/both/file", "both/file", recursive: false),
                bind("sys/kernel/debug", "debug", recursive: false),
                bind("sys/kernel/new", "new", recursive: false),
            ]
        )
        let free = steps(machine: machine, host: host, mounts: mounts)
        #expect(!free.contains(.readOnly("/sys/kernel")))
        let unmounted = steps(machine: machine, host: host)
        #expect(steps(machine: machine, host: host, areMountsLocked: true) == unmounted)
    }

    @Test("targets lie below another root, sources do not")
    func root() {
        let placed = steps(machine: ["/sys/kernel/new"], host: FakeTree(["/sys/kernel/"]), root: "/srv/root")
        #expect(
            placed.last == .bind(from: "sys/kernel/new", to: "/srv/root/sys/kernel/new", recursive: false)
        )
    }

    @Test("mount points are found below a folder, escapes undone")
    func table() {
        let text = """
            22 1 0:20 / /sys rw - sysfs sysfs rw
            23 22 0:21 / /sys/kernel/debug rw - debugfs debugfs rw
            24 22 0:22 / /sys/with\\040space rw - tmpfs x rw
            25 1 0:23 / /system rw - tmpfs x rw
            """
        #expect(
            MountTable.mounts(below: "/sys", in: text) == [
                .init(point: "/kernel/debug", type: "debugfs"), .init(point: "/with space", type: "tmpfs"),
            ]
        )
        let shadowed = text + "\n26 25 0:24 / /sys rw - tmpfs x rw"
        #expect(MountTable.mounts(below: "", in: shadowed).map(\.point) == ["/system", "/sys"])
        #expect(MountTable.unescaped("a\\134b\\0") == "a\\b\\0")
    }
}
