import Presentation

/// What `fadumpfs run` says: what became of each phase of a machine's cycle.
struct CycleReport: Report {
    enum Name: String, Encodable, Sendable, CaseIterable {
        case boot, capture, after
    }

    /// How a phase ended.
    enum End: String, Encodable, Sendable, CaseIterable {
        /// The command ended; its exit code says how.
        case exited
        /// The machine crashed under the command.
        case crashed
        case rebooted
        case poweredOff = "powered-off"
        /// The boot could not be made.
        case failed
    }

    struct Phase: Encodable, Sendable {
        var phase: Name
        var boot: UInt64
        var command: String
        var end: End
        var exitCode: Int32?
        /// How the memory of the boot's processes was limited.
        var memoryLimit: String?
        /// Whether that is how the phase should end.
        var works: Bool = false
        var output: String

        init(
            phase: Name,
            boot: UInt64,
            command: String,
            end: End,
            exitCode: Int32? = nil,
            memoryLimit: String? = nil,
            output: String
        ) {
            self.phase = phase
            self.boot = boot
            self.command = command
            self.end = end
            self.exitCode = exitCode
            self.memoryLimit = memoryLimit
            self.output = output
        }

        fileprivate var judged: Phase {
            var phase = self
            phase.works =
                switch end {
                case .exited: exitCode == 0
                case .crashed: self.phase == .boot
                case .rebooted, .poweredOff: self.phase != .boot
                case .failed: false
                }
            return phase
        }

        fileprivate var words: String {
            switch end {
            case .exited: "exit code \(exitCode.map(String.init) ?? "-")"
            case .failed: "failed with \(exitCode.map(String.init) ?? "-")"
            default: end.rawValue
            }
        }
    }

    var machine: String
    var phases: [Phase]
    /// Why there was no capture.
    var problem: String?
    var works: Bool

    init(machine: String, phases: [Phase]) {
        self.machine = machine
        self.phases = phases.map(\.judged)
        if !phases.contains(where: { $0.phase == .capture }) { problem = "no dump came of the crash" }
        works = problem == nil && self.phases.allSatisfy(\.works)
    }

    static let shape = Shape.object([
        Field("machine", .text, "The machine's name."),
        Field(
            "phases",
            .list(
                .object([
                    Field("phase", .choice(Name.allCases.map(\.rawValue)), "Which part of the cycle."),
                    Field("boot", .number, "The boot it ran in."),
                    Field("command", .text, "The command."),
                    Field("end", .choice(End.allCases.map(\.rawValue)), "How it ended.", inText: false),
                    Field("exitCode", .number, "The command's exit code, where it ended.", optional: true),
                    Field("memoryLimit", .text, "How its memory was limited.", optional: true),
                    Field("works", .flag, "Whether it ended as this phase should.", inText: false),
                    Field("output", .text, "What it printed, up to 1 MiB.", inText: false),
                ])
            ),
            "What was run, in order."
        ),
        Field("problem", .text, "Why the cycle ended early.", optional: true),
        Field("works", .flag, "Whether every phase ended as it should.", inText: false),
    ])

    func show(on page: inout Page) {
        page.line()
        page.heading("the cycle of \(machine)")
        page.table(
            ["phase", "boot", "command", "end"],
            phases.map { phase in
                [
                    StyledText(phase.phase.rawValue), StyledText("\(phase.boot)"), StyledText(phase.command),
                    StyledText(phase.words, phase.works ? .green : .red),
                ]
            },
            right: [1]
        )
        for limit in Set(phases.compactMap(\.memoryLimit)).sorted() { page.line(StyledText(limit, .dim)) }
        if let problem { page.line(StyledText(problem, .red)) }
    }
}
