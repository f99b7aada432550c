import CLinux
import Glibc
import SystemPackage

/// Process 1 of a boot: puts up its files, starts the command, and reaps.
///
/// It is alone in its thread. When it ends, the kernel ends every other process of the boot.
struct FirstProcess {
    let plan: BootPlan
    private let conversation = Conversation(descriptor: StageDescriptor.conversation)

    init(_ plan: BootPlan) { self.plan = plan }

    func run() throws -> Never {
        for descriptor in 3...6 as ClosedRange<Int32> { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        if let cgroup = plan.cgroup { try join(cgroup) }
        try putUpFiles()
        let prefix = try plan.root?.interpreter.map { interpreter in
            try InterpreterSetup(interpreter: interpreter, root: RootMounts.place).run()
        }
        try enterRoot()
        try Capabilities.withhold()
        try limitData()
        if chdir(plan.workingDirectory) != 0 { _ = chdir("/") }
        StageReport.ready.send()
        let command = try start((prefix ?? []) + plan.command)
        wait(for: command)
    }

    private func putUpFiles() throws {
        try check(clinux_unshare_mounts(), "cannot make a mount namespace")
        try check(clinux_keep_mounts_private(), "cannot keep mounts private")
        try check(chdir(plan.machine), "cannot enter \(plan.machine)")
        let table = try String(decoding: Self.readAll("/proc/self/mountinfo"), as: UTF8.self)
        let mounts = BootMounts(
            plan: plan,
            machine: RealTree(folder: "."),
            host: RealTree(),
            inside: RealTree(folder: plan.root.map { $0.folder == "/" ? "" : $0.folder } ?? ""),
            systemMounts: MountTable.mounts(below: "/sys", in: table),
            rootMounts: plan.root.map { root in
                MountTable.mounts(below: root.folder == "/" ? "" : root.folder, in: table)
            } ?? []
        )
        let after = mounts.afterProcesses
        for step in mounts.beforeProcesses { try step.perform(asUser: plan.users != .none) }
        ServiceManager.listen(below: plan.root == nil ? "" : RootMounts.place, as: StageDescriptor.services)
        try conversation.say()
        guard conversation.hears() else { throw BootFailure("the server of the boot's /proc is gone") }
        try mountProc()
        try conversation.say()
        for step in after { try step.perform() }
    }

    /// Mounts the device that the server reads requests from.
    private func mountProc() throws(BootFailure) {
        let device = StageDescriptor.device
        let options =
            "fd=\(device.rawValue),rootmode=40000,user_id=0,group_id=0,allow_other,default_permissions"
        let target = (plan.root == nil ? "" : RootMounts.place) + "/proc"
        try check(
            clinux_mount("fadumpfs-proc", target, "fuse.fadumpfs", 1, options),
            "cannot mount the boot's /proc"
        )
        close(device.rawValue)
    }

    private func enterRoot() throws(BootFailure) {
        guard let root = plan.root else { return }
        try check(chdir(RootMounts.place), "cannot enter \(RootMounts.place)")
        try check(clinux_enter_root(), "cannot make \(root.folder) the root directory")
    }

    private func join(_ cgroup: String) throws(BootFailure) {
        let file = try check(open(cgroup, O_WRONLY | O_CLOEXEC), "cannot open \(cgroup)")
        defer { close(file) }
        try check(write(file, "0", 1), "cannot enter the cgroup of \(cgroup)")
    }

    private func limitData() throws(BootFailure) {
        guard let bytes = plan.dataLimit else { return }
        var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: rlim_t(bytes))
        try check(setrlimit(__rlimit_resource_t(2), &limit), "cannot limit data segments")
    }

    private func start(_ words: [String]) throws -> pid_t {
        var none = sigset_t()
        sigemptyset(&none)
        do {
            return try StageProcess.spawn(
                words.first ?? "",
                searchesPath: true,
                words,
                environment: StageProcess.environment(plan.environment),
                descriptors: [],
                signals: none
            )
        } catch {
            StageReport.failed("cannot start '\(plan.command.first ?? "")': \(error)").send()
            _exit(error == .noSuchFileOrDirectory ? 127 : 126)
        }
    }

    /// Reaps, and passes on what signals come from outside.
    private func wait(for command: pid_t) -> Never {
        var signals = StageProcess.allSignals
        while true {
            var number: Int32 = 0
            sigwait(&signals, &number)
            if number == SIGCHLD {
                reap(command)
            } else {
                kill(command, number)
            }
        }
    }

    private func reap(_ command: pid_t) {
        while true {
            var status: Int32 = 0
            let pid = waitpid(-1, &status, WNOHANG)
            guard pid > 0 else { return }
            guard pid == command else { continue }
            let code = ExitCode.of(waitStatus: status)
            guard plan.whenCommandEnds != nil else { _exit(code) }
            StageReport.commandEnded(code).send()
        }
    }

    private static func readAll(_ path: String) throws -> [UInt8] {
        let file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
        defer { try? file.close() }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}
