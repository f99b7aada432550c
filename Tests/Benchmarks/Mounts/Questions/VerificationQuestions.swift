import Glibc

/// How fast a dump is verified, by the program as a whole, and how fast memory is read that follows from a seed; both
/// beside copying as many bytes in memory.
struct VerificationQuestions {
    private let setup: Setup
    /// The machine whose dump waits, where its written memory lies, and how much that is.
    private let machine: String
    private let window: (address: Int, count: Int)
    private let dump: String
    private let truth: String
    private let copied: (from: Buffer, to: Buffer)
    private let filled: String

    private static let copying = "memcpy"
    private static let step = 1 << 20

    /// Copies the dump and keeps its truth.
    init(_ setup: Setup, machine: String, window: (address: Int, count: Int)) throws {
        self.setup = setup
        self.machine = machine
        self.window = window
        dump = setup.tmpfsFolder + "/verified"
        truth = setup.work + "/truth"
        copied = (Buffer(64 << 20), Buffer(64 << 20))
        filled = setup.machine("filled") + "/machine/memory"
        try Command.run([
            setup.fadumpfs, "vmcore", "--quiet", "--name", machine, "--force", "--output", dump,
        ])
        try Command.run([
            setup.fadumpfs, "truth", "--quiet", "--name", machine, "--force", "--output", truth,
        ])
    }

    /// The copy is as large as what was written.
    func end() { unlink(dump) }

    var questions: [Question] {
        [
            question(
                "verify \(window.count >> 20) MiB",
                [
                    .init(name: "fadumpfs, against the machine") { try verify(["--name", machine]) },
                    .init(name: "fadumpfs, against a kept truth") { try verify(["--truth", truth]) },
                ]
            ),
            question("read seeded memory 1 MiB", [.init(name: "fadumpfs", measure: readFilled)]),
        ]
    }

    private func question(_ id: String, _ contenders: [Question.Contender]) -> Question {
        Question(
            id: id,
            unit: "GB/s",
            better: .higher,
            reference: Self.copying,
            contenders: contenders + [.init(name: Self.copying, measure: copy)],
            fitsOneCPU: false
        )
    }

    private func verify(_ truth: [String]) throws -> Double {
        let end = window.address + window.count
        let range = "0x\(String(window.address, radix: 16))-0x\(String(end, radix: 16))"
        let time = try Stopwatch.time {
            try Command.run(
                [setup.fadumpfs, "verify", "--quiet", "--window", range] + truth + [dump],
                quietly: true
            )
        }
        return Double(window.count) / time
    }

    /// As many bytes as the window has, in memory that no cache holds.
    private func copy() -> Double {
        let size = copied.from.bytes.count
        let time = Stopwatch.time {
            for _ in 0..<max(1, window.count / size) {
                copied.to.bytes.copyMemory(from: .init(copied.from.bytes))
            }
        }
        return Double(max(1, window.count / size) * size) / time
    }

    private func readFilled() throws -> Double {
        let opened = try OpenedFile(filled)
        let buffer = copied.to.prefix(Self.step)
        let time = try Stopwatch.time {
            for position in stride(from: window.address, to: window.address + window.count, by: Self.step) {
                try opened.read(buffer, at: position)
            }
        }
        return Double(window.count) / time
    }
}
