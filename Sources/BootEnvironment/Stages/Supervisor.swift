import CLinux
import Glibc
import SystemPackage

/// Watches a boot from outside: ends it with the machine's boot, and returns when nothing of it is left.
///
/// One thread that waits for whatever comes first. Should it be killed, the kernel kills the boot.
public final class Supervisor {
    let plan: BootPlan
    let machine: MachineFiles
    let events: Int32
    var server: pid_t = 0
    var serverDescriptor: Int32 = -1
    var serverStatus: Int32 = 0
    var first: pid_t = 0
    var firstDescriptor: Int32 = -1
    var reports: Int32 = -1
    var signals: Int32 = -1
    var text = ""
    var leaving: String?
    var failure: String?
    var isOver = false
    /// Who gets the boot's output; nil where it is this process's own.
    let output: (([UInt8]) -> Void)?
    var outputDescriptor: Int32 = -1
    /// Told what happens in the boot.
    let tell: (Progress) -> Void

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

    static func isReadable(_ descriptor: Int32) -> Bool {
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
}
