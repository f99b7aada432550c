import CLinux
import Glibc
import SystemPackage

/// Watches a boot from outside: ends it with the machine's boot, and returns when nothing of it is left.
///
/// One thread that waits for whatever comes first. Should it be killed, the kernel kills the boot.
public final class Supervisor {
    let plan: BootPlan
    private let machine: MachineFiles
    private let events: Int32
    var server: pid_t = 0
    var serverDescriptor: Int32 = -1
    private var first: pid_t = 0
    private var firstDescriptor: Int32 = -1
    var reports: Int32 = -1
    private var signals: Int32 = -1
    private var text = ""
    private var leaving: String?
    private var failure: String?
    private var isOver = false
    /// Who gets the boot's output; nil where it is this process's own.
    let output: (([UInt8]) -> Void)?
    var outputDescriptor: Int32 = -1
    /// Told what happens in the boot.
    private let tell: (Progress) -> Void

    /// What happens while a boot runs.
    public enum Progress: Sendable, Hashable {
        case ready
        case commandEnded(Int32)
        case remark(String)
    }

    /// Errors: `BootFailure` where no kernel runs on the machine.
    public init(
        _ plan: BootPlan,
        output: (([UInt8]) -> Void)? = nil,
        tell: @escaping (Progress) -> Void = { _ in }
    ) throws(BootFailure) {
        self.plan = plan
        self.output = output
        self.tell = tell
        machine = try MachineFiles(plan.machine)
        do {
            events = try machine.open("machine/events", O_RDONLY)
        } catch {
            throw BootFailure("cannot follow the machine's events", error)
        }
    }

    deinit {
        let all = [events, reports, outputDescriptor, signals, serverDescriptor, firstDescriptor]
        for descriptor in all where descriptor >= 0 { close(descriptor) }
    }

    /// Makes the boot and waits for its end.
    public func run() throws -> BootEnd {
        var all = StageProcess.allSignals
        var before = sigset_t()
        sigprocmask(SIG_BLOCK, &all, &before)
        defer { sigprocmask(SIG_SETMASK, &before, nil) }
        signals = try check(clinux_signal_descriptor(), "cannot take signals")
        try startServer()
        defer { end() }
        while !isGone { watch() }
        takeOutput()
        return outcome()
    }

    /// Both stages are over, and with the first process all of the boot.
    private var isGone: Bool { server == 0 && Self.isReadable(firstDescriptor) }

    private static func isReadable(_ descriptor: Int32) -> Bool {
        guard descriptor >= 0 else { return true }
        var interest = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&interest, 1, 0) != 0
    }

    private func watch() {
        var interests = [
            reports, signals, isOver ? -1 : events, serverDescriptor, server == 0 ? firstDescriptor : -1,
            outputDescriptor,
        ]
        .map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        poll(&interests, nfds_t(interests.count), -1)
        if interests[0].revents != 0 { takeReports() }
        if interests[1].revents != 0 { takeSignals() }
        if interests[2].revents != 0 { takeEvents() }
        if interests[3].revents != 0 { reapServer() }
        if interests[5].revents != 0 { takeOutput() }
    }

    private func takeOutput() {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while outputDescriptor >= 0 {
            let count = read(outputDescriptor, &buffer, buffer.count)
            if count > 0 {
                output?(Array(buffer[..<count]))
            } else {
                guard count == 0 else { return }
                close(outputDescriptor)
                outputDescriptor = -1
            }
        }
    }

    private func takeReports() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(reports, &buffer, buffer.count)
        guard count > 0 else {
            if count == 0 {
                close(reports)
                reports = -1
            }
            return
        }
        text += String(decoding: buffer[..<count], as: UTF8.self)
        while let end = text.firstIndex(of: "\n") {
            let line = text[..<end]
            text = String(text[text.index(after: end)...])
            if let report = StageReport(line: line) { take(report) }
        }
    }

    private func take(_ report: StageReport) {
        switch report {
        case .first(let pid):
            first = pid
            firstDescriptor = clinux_pidfd_open(pid)
            if isOver { killBoot() }
        case .wantsMaps:
            do { try UserMaps.mapAll(of: server) } catch { fail(String(describing: error)) }
        case .ready: tell(.ready)
        case .commandEnded(let code):
            tell(.commandEnded(code))
            leaveMachine()
        case .left(let how): leaving = leaving ?? how
        case .remark(let text): tell(.remark(text))
        case .failed(let text): failure = failure ?? text
        }
    }

    /// Has the machine do what the plan says, while this thread watches what comes of it.
    private func leaveMachine() {
        guard let command = plan.whenCommandEnds else { return }
        let machine = machine
        do {
            try Thread.start { _ = try? machine.write(Array(command.utf8), to: "machine/control") }
        } catch {
            fail(error.description)
        }
    }

    private func fail(_ text: String) {
        failure = failure ?? text
        killBoot()
    }

    /// What others send is for the command; what the terminal sends it has got already.
    private func takeSignals() {
        while true {
            let number = clinux_next_signal(signals)
            if number == 0 { return }
            let isFromTerminal = number == -SIGINT || number == -SIGQUIT || number == -SIGTSTP
            let ignored = [SIGCHLD, SIGWINCH, SIGCONT, SIGTTIN, SIGTTOU, SIGPIPE]
            if isFromTerminal || ignored.contains(abs(number)) { continue }
            if first > 0 { kill(first, abs(number)) } else if server > 0 { kill(server, SIGKILL) }
        }
    }

    private func takeEvents() {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var count = 0
        repeat { count = read(events, &buffer, buffer.count) } while count > 0
        // Lines were dropped from the beginning of a log that grew too long: only its end is of interest.
        let isOnlyLate = count < 0 && errno == EPIPE && lseek(events, 0, SEEK_END) >= 0
        if (count < 0 && !isOnlyLate) || machine.isBootOver { bootIsOver() }
    }

    private func bootIsOver() {
        isOver = true
        killBoot()
    }

    /// First all processes get their SIGKILL, while the server still answers them; a server that does not is killed,
    /// with which the kernel answers every request itself.
    private func killBoot() {
        guard first > 0 else {
            if server > 0, failure != nil { kill(server, SIGKILL) }
            return
        }
        kill(first, SIGKILL)
        // A server that is stopped or stuck does not even notice that the first process is gone.
        for descriptor in [firstDescriptor, serverDescriptor] where descriptor >= 0 {
            var interest = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            poll(&interest, 1, Self.patience)
        }
        if server > 0 { kill(server, SIGKILL) }
    }

    /// Milliseconds.
    private static let patience: Int32 = 20

    private var serverStatus: Int32 = 0

    private func reapServer() {
        guard waitpid(server, &serverStatus, 0) == server else { return }
        server = 0
        close(serverDescriptor)
        serverDescriptor = -1
        takeReports()
    }

    private func outcome() -> BootEnd {
        if let leaving { return .left(leaving) }
        if isOver || machine.isBootOver { return .machineEnded }
        let code = ExitCode.of(waitStatus: serverStatus)
        if let failure { return .failed(failure, [126, 127].contains(code) ? code : BootStage.failure) }
        if serverStatus & 0x7f != 0 { return .failed("the server of the boot was killed", BootStage.failure) }
        return .exited(code)
    }

    /// Leaves nothing behind, however this ends.
    private func end() {
        if first > 0, !Self.isReadable(firstDescriptor) { kill(first, SIGKILL) }
        if server > 0 {
            kill(server, SIGKILL)
            waitpid(server, nil, 0)
        }
        if let folder = plan.root?.workFolder { WorkFolder.remove(folder) }
    }
}
