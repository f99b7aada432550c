import FoundationEssentials
import Glibc
import KernelProfile
import Machine
import MachineFile
import MachineStore
import Pictures
import Presentation
import SystemPackage
import Testing

@testable import FadumpCommands

@Suite("Text and JSON of every report agree, and the schema documents them")
struct ReportTests {
    private func expectAgreement(_ report: some Report, _ what: String) throws {
        let complaints = try Agreement(report).complaints
        #expect(complaints.isEmpty, "\(what): \(complaints.joined(separator: "\n"))")
    }

    @Test("status, map, timeline and the outcome of verbs, in every state of a machine")
    func machines() throws {
        for (state, sample) in try SampleMachine.all() {
            let status = sample.status
            try expectAgreement(StatusView(status: status, entry: sample.entry), "status, \(state)")
            try expectAgreement(MapReport(status), "map, \(state)")
            try expectAgreement(
                TimelineReport(machine: "sample", events: sample.machine.events),
                "timeline, \(state)"
            )
            try expectAgreement(OutcomeReport(status, sample.entry), "outcome, \(state)")
        }
        try expectAgreement(OutcomeReport(gone: "sample", "/mnt/sample"), "outcome of unmount")
    }

    @Test("vmlinux")
    func vmlinux() throws {
        let machine = MachineConfiguration()
        let report = VmlinuxReport(try Vmlinux(of: machine), of: machine, in: "/tmp/vmlinux")
        #expect(report.size > 4096 && report.buildID.count == 40)
        try expectAgreement(report, "vmlinux")
    }

    @Test("list and dmesg")
    func listAndLog() throws {
        let entry = RegistryEntry(name: "one", pid: 12, mountPoint: "/mnt/one")
        try expectAgreement(ListReport(machines: [entry]), "list")
        try expectAgreement(ListReport(machines: []), "empty list")
        let sample = try SampleMachine()
        let lines = sample.machine.kernelLog(ofBoot: 1, from: 0).lines.joined(separator: "\n")
        let report = DmesgReport(Array(lines.utf8))
        #expect(report.lines.count == lines.split(separator: "\n").count)
        try expectAgreement(report, "dmesg")
    }

    @Test("machine files: check, show, examples")
    func machineFiles() throws {
        let problem = FileProblem(
            file: "a.toml",
            line: 2,
            column: 3,
            text: "x",
            problem: "bad",
            suggestion: "good",
            source: "a x"
        )
        let files = [
            CheckReport.File(file: "a.toml", problems: [problem]),
            CheckReport.File(file: "b.toml", problems: []),
        ]
        try expectAgreement(CheckReport(files: files), "check")
        var described = DescribedMachine()
        try described.machine.set(.memoryMap, to: "0-1G,2G-3G", from: .option("memory-map"))
        described.file = "/etc/fadumpfs/a.toml"
        try expectAgreement(SettingsReport(described), "show")
        try expectAgreement(ExamplesReport(), "examples")
    }

    @Test("a copy and the explanation of a core file")
    func dumps() throws {
        try expectAgreement(
            CopyReport(file: "/tmp/x", size: 99, data: 12, resumedAt: 3, seconds: 0.25),
            "vmcore"
        )
        let sample = try SampleMachine()
        sample.register()
        sample.control("crash")
        let core = try #require(sample.machine.vmcore).core
        let path = FilePath("/tmp/fadumpfs-core-\(getpid())")
        defer { unlink(path.string) }
        let file = try FileDescriptor.open(
            path,
            .writeOnly,
            options: [.create, .truncate],
            permissions: .ownerReadWrite
        )
        try file.closeAfter {
            _ = try file.writeAll(core.image.read(at: 0, count: 1 << 16))
            ftruncate(file.rawValue, off_t(core.size))
        }
        let report = try HeadersReport(file: path, status: sample.status)
        #expect(report.cpus.count == 2)
        #expect(report.segments.map(\.physicalAddress) == [0, 0x1000_0000])
        try expectAgreement(report, "vmcore --headers")
    }

    @Test("kernels: the list, each in detail, and neighbours compared")
    func kernels() throws {
        let views = try KernelProfile.all.map { try KernelView($0) }
        try expectAgreement(KernelsReport(kernels: views), "kernels")
        for view in views { try expectAgreement(KernelReport(kernel: view), "kernels \(view.name)") }
        for (old, new) in zip(KernelProfile.all, KernelProfile.all.dropFirst()) {
            let report = try KernelDiffReport(from: old, to: new)
            #expect(!report.changes.isEmpty)
            try expectAgreement(report, "kernels --diff \(old.name) \(new.name)")
        }
        var page = Page(width: 100)
        KernelsReport(kernels: views).show(on: &page)
        #expect(page.lines.allSatisfy { $0.width <= 100 })
    }

    @Test("a cycle")
    func cycle() throws {
        let phases = [
            CycleReport.Phase(
                phase: .boot,
                boot: 1,
                command: "kdump-config load",
                end: .exited,
                exitCode: 3,
                output: ""
            ),
            CycleReport.Phase(
                phase: .capture,
                boot: 2,
                command: "save it",
                end: .rebooted,
                memoryLimit: "at most 256M",
                output: "saved\n"
            ),
            CycleReport.Phase(phase: .after, boot: 3, command: "true", end: .exited, exitCode: 0, output: ""),
        ]
        let report = CycleReport(machine: "power", phases: phases)
        #expect(report.phases.map(\.works) == [false, true, true])
        #expect(!report.works)
        try expectAgreement(report, "run")
        let early = CycleReport(machine: "power", phases: [phases[2]])
        #expect(!early.works)
        try expectAgreement(early, "run without a dump")
    }

    @Test("advice")
    func advice() throws {
        let trials = [
            Trial.Result(
                bootMemory: 256 << 20,
                available: 200 << 20,
                works: true,
                exitCode: 0,
                peak: 99,
                outcome: "captured"
            ),
            Trial.Result(
                bootMemory: 128 << 20,
                available: 0,
                works: false,
                exitCode: nil,
                peak: nil,
                outcome: "no dump"
            ),
        ]
        let some = AdviceReport(
            capture: "cp",
            limit: "cgroup",
            trials: trials,
            bootMemory: 256 << 20,
            parameter: "fadump_reserve_mem=256M"
        )
        try expectAgreement(some, "advise")
        try expectAgreement(
            AdviceReport(capture: "cp", limit: "cgroup", trials: []),
            "advise without success"
        )
    }

    @Test("a text that lacks a value, and a member that is not documented, are found")
    func disagreements() throws {
        struct Forgetful: Report {
            var said = "yes"
            var unsaid = 7
            var undocumented = true
            static let shape = Shape.object([
                Field("said", .text, ""), Field("unsaid", .number, ""), Field("gone", .text, ""),
            ])
            func show(on page: inout Page) { page.line("yes") }
        }
        #expect(
            try Agreement(Forgetful()).complaints.sorted() == [
                "$.gone: missing", "$.undocumented: not documented", "$.unsaid: the text does not say 7",
            ]
        )
    }

    @Test(
        "every verb with --json has a schema",
        arguments: FadumpCommand.configuration.subcommands.filter { $0.configuration.shouldDisplay }
            .map { $0._commandName }
    )
    func schemas(verb: String) throws {
        // These print text that is JSON, TOML or nothing else anyway.
        guard !["schema", "exec", "shell"].contains(verb) else { return }
        let names = Schemas.shapes.map(\.verb)
        #expect(names.contains { $0 == verb || $0.hasPrefix(verb + "-") })
    }
}
