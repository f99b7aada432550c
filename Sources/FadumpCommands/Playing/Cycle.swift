import BootEnvironment
import Glibc
import Machine
import Presentation

/// A machine's cycle, phase by phase.
struct Cycle {
    let machine: RunningMachine
    let options: BootOptions
    /// Whether the output of commands is shown while it comes.
    let showsOutput: Bool
    private(set) var phases: [CycleReport.Phase] = []
    /// The boot in which the last phase ran.
    private(set) var lastBoot: UInt64 = 0

    init(machine: RunningMachine, options: BootOptions, showsOutput: Bool) {
        self.machine = machine
        self.options = options
        self.showsOutput = showsOutput
    }

    var report: CycleReport { CycleReport(machine: machine.entry.name, phases: phases) }

    /// Runs a command in the boot that runs now. `afterwards` is what the machine does when it is over.
    mutating func run(_ name: CycleReport.Name, _ command: String, afterwards: String?) throws {
        let status = try machine.status()
        guard status.power == "running" else {
            throw Failure(
                "there is no boot for --\(name.rawValue): the machine '\(machine.entry.name)' is \(status.power)"
            )
        }
        lastBoot = status.boot
        if showsOutput { Standard.output("--- \(name.rawValue): boot \(status.boot): \(command)\n") }
        var plan = try options.plan(machine.entry, ["sh", "-c", command])
        plan.whenCommandEnds = afterwards
        let limits = try options.limits(of: machine, forCapture: name == .capture, &plan)
        defer { limits?.remove() }
        let said = Collector(shows: showsOutput)
        var code: Int32?
        let supervisor = try Supervisor(plan, output: { said.take($0) }) { progress in
            switch progress {
            case .commandEnded(let number): code = number
            case .remark(let text): Standard.error("fadumpfs: \(text)")
            case .ready: break
            }
        }
        let end = try supervisor.run()
        var phase = CycleReport.Phase(
            phase: name,
            boot: status.boot,
            command: command,
            end: .failed,
            memoryLimit: limits?.description,
            output: said.text
        )
        switch end {
        case .exited(let number): (phase.end, phase.exitCode) = (.exited, number)
        case .machineEnded where code != nil: (phase.end, phase.exitCode) = (.exited, code)
        case .machineEnded: phase.end = .crashed
        case .left("reboot"): phase.end = .rebooted
        case .left: phase.end = .poweredOff
        case .failed(let text, let number):
            phase.exitCode = number
            phase.output += "fadumpfs: \(text)\n"
            Standard.error("fadumpfs: \(text)")
        }
        phases.append(phase)
    }
}

/// What a boot's commands print.
private final class Collector {
    private static let most = 1 << 20
    private let shows: Bool
    private var bytes: [UInt8] = []

    init(shows: Bool) { self.shows = shows }

    func take(_ more: [UInt8]) {
        if shows { Standard.output(more) }
        if bytes.count < Self.most { bytes += more }
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}
