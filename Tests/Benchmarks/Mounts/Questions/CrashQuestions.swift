/// From the write that crashes a machine until its dump can be opened.
struct CrashQuestions {
    let machines: [(size: String, mount: String)]
    let setup: Setup
    /// Cycles in one measurement.
    let times: Int

    var questions: [Question] {
        var contenders = machines.map { machine in
            Question.Contender(name: "fadumpfs \(machine.size)") { try crash(machine.mount) }
        }
        contenders.append(.init(name: Self.calls) { try bareCalls() })
        return [
            Question(
                id: "crash to capture-ready",
                unit: "ms",
                better: .lower,
                reference: Self.calls,
                contenders: contenders
            )
        ]
    }

    /// What the same system calls cost where nothing crashes.
    private static let calls = Setup.equal + ", same calls"

    /// Milliseconds, as the mean of some cycles: release, register, crash. Only the crash is timed.
    private func crash(_ mount: String) throws -> Double {
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
