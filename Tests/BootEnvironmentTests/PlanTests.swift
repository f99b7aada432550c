import Testing

@testable import BootEnvironment

@Suite("Plans, and what stages say")
struct PlanTests {
    private let host = FakeTree([
        "/sys/kernel/", "/proc/sysrq-trigger", "/proc/sys/kernel/panic", "/proc/kmsg", "/proc/irq/",
        "/dev/kmsg",
        "/dev/watchdog", "/dev/watchdog0", "/run/systemd/", "/run/initctl",
    ])
    private let machine = FakeTree([
        "/sys/kernel/fadump_enabled", "/proc/cmdline", "/proc/sysrq-trigger", "/proc/sys/kernel/panic",
        "/proc/sys/kernel/unknown", "/proc/device-tree/rtas/",
    ])

    private func mounts(_ plan: BootPlan = BootPlan(machine: "/m", command: ["true"])) -> BootMounts {
        BootMounts(plan: plan, machine: machine, host: host, inside: host, systemMounts: [], rootMounts: [])
    }

    @Test("the scratch place is gone before processes are mounted in its stead, and nothing else stays of it")
    func scratch() {
        let steps = mounts().beforeProcesses
        #expect(steps.first == .scratch("/proc", mode: "0755"))
        #expect(steps.suffix(2) == [.detach("/proc"), .processes("/proc")])
    }

    @Test("another root is an overlay, and so is what is mounted in it; other file systems are bound")
    func otherRoot() {
        let mounts: [MountTable.Mount] = [
            .init(point: "/home", type: "xfs"), .init(point: "/home/nfs", type: "nfs4"),
            .init(point: "/sys/kernel/debug", type: "debugfs"),
        ]
        let host = FakeTree(["/home/nfs/"])
        let steps = RootMounts(root: RootFileSystem(folder: "/"), mounts: mounts, host: host).steps
        let layers = steps.filter { if case .overlay = $0 { true } else { false } }
        #expect(
            layers == [
                .overlay(lower: ["/"], upper: "/proc/changes/0", work: "/proc/work/0", at: "/proc/root"),
                .overlay(
                    lower: ["/home"],
                    upper: "/proc/changes/1",
                    work: "/proc/work/1",
                    at: "/proc/root/home"
                ),
            ]
        )
        #expect(steps.contains(.bind(from: "/home/nfs", to: "/proc/root/home/nfs", recursive: true)))
        #expect(!steps.contains { "\($0)".contains("debug") })
        let kept = RootFileSystem(folder: "/srv/root", changes: "/tmp/kept")
        let first = RootMounts(root: kept, mounts: [], host: host).steps.first {
            if case .overlay = $0 { true } else { false }
        }
        #expect(
            first
                == .overlay(
                    lower: ["/srv/root"],
                    upper: "/tmp/kept",
                    work: "/tmp/.fadumpfs-kept/0",
                    at: "/proc/root"
                )
        )
    }

    @Test("ways to the host are hidden: service manager, initctl, watchdogs")
    func hiding() {
        let steps = mounts().beforeProcesses
        #expect(steps.contains(.scratch("/run/systemd", mode: "0755")))
        for name in ["/run/initctl", "/dev/watchdog", "/dev/watchdog0"] {
            #expect(steps.contains(.bind(from: "/dev/null", to: name, recursive: false)))
        }
        #expect(!steps.contains(.scratch("/run/dbus", mode: "0755")))
    }

    @Test("/proc/sys is read-only but for the machine's own, and the host's trigger is nowhere")
    func settings() throws {
        let steps = mounts().afterProcesses
        let locked = try #require(steps.firstIndex(of: .readOnly("/proc/sys")))
        let own = MountStep.bind(
            from: "proc/sys/kernel/panic",
            to: "/proc/sys/kernel/panic",
            recursive: false
        )
        #expect(try #require(steps.firstIndex(of: own)) > locked)
        #expect(!steps.contains { "\($0)".contains("unknown") })
        #expect(
            steps.contains(
                .bind(from: "/proc/sysrq-trigger", to: "/proc/.real/sysrq-trigger", recursive: false)
            )
        )
        #expect(steps.contains(.bind(from: "proc/device-tree", to: "/proc/device-tree", recursive: false)))
    }

    @Test("the command line is a copy, whose tmpfs is out of sight before processes take its place")
    func constants() throws {
        #expect(
            mounts().afterProcesses.prefix(6) == [
                .scratch("/proc/.real", mode: "0755"),
                .copy(from: "proc/cmdline", to: "/proc/.real/cmdline"),
                .bind(from: "/proc/.real/cmdline", to: "/proc/cmdline", recursive: false),
                .readOnly("/proc/cmdline"), .detach("/proc/.real"), .processes("/proc/.real"),
            ]
        )
    }

    @Test("what a stage says is understood by the supervisor")
    func reports() {
        let all: [StageReport] = [
            .first(12), .wantsMaps, .ready, .commandEnded(3), .left("power-off"), .remark("a b"),
            .failed("cannot do it: really"),
        ]
        for report in all { #expect(StageReport(line: report.line[...]) == report) }
        #expect(StageReport(line: "nonsense 3") == nil)
    }

    @Test("a record of the log as /dev/kmsg has it")
    func messages() {
        let line: Substring = "<4>[    3.064301] fadump: a [b] c"
        #expect(
            String(decoding: KernelMessages.record(line, number: 7), as: UTF8.self)
                == "4,7,3064301,-;fadump: a [b] c\n"
        )
        #expect(
            String(decoding: KernelMessages.record("plain", number: 0), as: UTF8.self) == "6,0,0,-;plain\n"
        )
        let lines: [Substring] = ["<6>[ 1.5] one", "<6>[ 2.5] two"]
        #expect(
            KernelMessages.merged(lines, [(0, "<12>first"), (1, "<3>between"), (2, "<12>last")]) == [
                "<12>[ 0.000000] first", "<6>[ 1.5] one", "<3>[ 1.5] between", "<6>[ 2.5] two",
                "<12>[ 2.5] last",
            ]
        )
    }

    @Test("a program's first bytes are escaped for binfmt_misc")
    func registration() {
        let little = Interpreter(program: "/usr/bin/qemu", machine: 21, isLittleEndian: true).registration
        #expect(little.hasPrefix(":fadumpfs:M::\\x7f\\x45\\x4c\\x46\\x02\\x01\\x01\\x00"))
        #expect(little.contains("\\x02\\x00\\x15\\x00:"))
        #expect(little.hasSuffix("\\xfe\\xff\\xff\\xff:/usr/bin/qemu:F"))
        let big = Interpreter(program: "/q", machine: 21, isLittleEndian: false).registration
        #expect(big.contains("\\x00\\x02\\x00\\x15:"))
        #expect(big.hasSuffix("\\xff\\xfe\\xff\\xff:/q:F"))
    }
}
