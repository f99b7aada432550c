import Glibc

/// The program that usually reads a dump, as a whole: out of the mount, and out of a copy in tmpfs.
struct ToolQuestions {
    /// The machines whose dumps are read.
    static let machines = emulated + [native]
    private static let emulated = ["tool", "tool-direct"]
    private static let native = "tool-x86"

    private let setup: Setup

    init(_ setup: Setup) { self.setup = setup }

    /// That of Power; where the host is none, an emulator runs it and has most of the time, with every contender.
    func emulated() throws -> Question {
        try question("makedumpfile -d 31", setup.words("tool"), machines: Self.emulated)
    }

    /// The host's own, on what is no dump of Power and therefore never read by passthrough.
    func native() throws -> Question {
        try question("makedumpfile -d 31, native x86_64", setup.words("native-tool"), machines: [Self.native])
    }

    /// Crashes the machines and copies the dump of the first.
    private func question(_ id: String, _ program: [String], machines: [String]) throws -> Question {
        let copy = setup.tmpfsFolder + "/copy-of-" + machines[0]
        let contenders = try machines.map { name in
            let machine = setup.machine(name)
            try Crash.register(machine)
            try Crash.crash(machine)
            let contender = "fadumpfs, \(try setup.vmcoreMode(name))"
            return Question.Contender(name: contender) { try run(program, machine + Setup.vmcore) }
        }
        let dump = setup.machine(machines[0]) + Setup.vmcore
        try Command.run(["/bin/cp", "--sparse=always", dump, copy])
        return Question(
            id: id,
            unit: "ms",
            better: .lower,
            reference: Setup.tmpfs,
            contenders: contenders + [.init(name: Setup.tmpfs) { try run(program, copy) }],
            parts: 6
        )
    }

    private func run(_ program: [String], _ dump: String) throws -> Double {
        let output = setup.tmpfsFolder + "/tool-output"
        return try Stopwatch.time {
            let words = program + ["-f", "--message-level", "0", "-d", "31", dump, output]
            try Command.run(words, quietly: true)
        } / 1_000_000
    }
}
