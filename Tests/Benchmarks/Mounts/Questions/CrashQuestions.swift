/// From the write that crashes a machine until its dump can be opened.
struct CrashQuestions {
    /// A machine that crashes again and again, so many times in one measurement.
    struct Machine {
        let size: String
        let name: String
        let times: Int
    }

    static let sizes = [
        Machine(size: "2 GiB", name: "crash-2G", times: 10),
        Machine(size: "1 TiB", name: "crash-1T", times: 10),
        Machine(size: "64 TiB", name: "crash-64T", times: 10),
    ]
    /// Registers of every CPU are saved and become a note: it is the CPUs that a crash takes its time for.
    static let manyCPUs = Machine(size: "1024 CPUs", name: "crash-cpus", times: 1)

    let setup: Setup

    var questions: [Question] {
        [
            question("crash to capture-ready", Self.sizes),
            question("crash to capture-ready, many CPUs", [Self.manyCPUs]),
        ]
    }

    private func question(_ id: String, _ machines: [Machine]) -> Question {
        var contenders = machines.map { machine in
            Question.Contender(name: "fadumpfs \(machine.size)") {
                try crash(setup.machine(machine.name), machine.times)
            }
        }
        contenders.append(.init(name: Self.calls) { try bareCalls() })
        return Question(
            id: id,
            unit: "ms",
            better: .lower,
            reference: Self.calls,
            contenders: contenders
        )
    }

    /// What the same system calls cost where nothing crashes.
    private static let calls = Setup.equal + ", same calls"

    /// Milliseconds, as the mean of some cycles: release, register, crash. Only the crash is timed.
    private func crash(_ mount: String, _ times: Int) throws -> Double {
        var sum = 0.0
        for _ in 0..<times {
            try Crash.release(mount)
            try Crash.register(mount)
            sum += try Stopwatch.time {
                try Crash.crash(mount)
                _ = try OpenedFile(mount + "/proc/vmcore")
            }
        }
        return sum / Double(times) / 1_000_000
    }

    private func bareCalls() throws -> Double {
        let times = 500
        return try Stopwatch.time {
            for _ in 0..<times {
                try Crash.write("0", setup.equalMount + Setup.panic)
                _ = try OpenedFile(setup.equalMount + Setup.registered)
            }
        } / Double(times) / 1_000_000
    }
}
