import Glibc
import Synchronization

/// How long whoever polls machine/events sleeps on after something happened: from before the write(2) that makes the event
/// until poll(2) has returned, so that what the machine does for that write is a part of it.
struct WakeUpQuestion {
    let setup: Setup
    /// An even number, so that the machine ends as it was.
    let times: Int

    var question: Question {
        Question(
            id: "poll wake-up",
            unit: "us",
            better: .lower,
            reference: "",
            contenders: [
                .init(name: "fadumpfs, median of \(times)") { try measure(setup.machine("attributes")) }
            ],
            fitsOneCPU: false
        )
    }

    private func measure(_ machine: String) throws -> Double {
        let events = try OpenedFile(machine + "/machine/events", O_RDONLY)
        let registered = try OpenedFile(machine + Setup.registered, O_WRONLY)
        var waits: [Double] = []
        for time in 0..<times {
            try readToEnd(events.descriptor)
            let asked = Atomic<UInt64>(0)
            let descriptor = events.descriptor
            try Clients.together(2) { who in
                guard who == 1 else {
                    var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                    guard poll(&poller, 1, 10_000) == 1 else {
                        throw SystemFailure("nothing woke who polls \(machine)/machine/events")
                    }
                    asked.store(Stopwatch.now - asked.load(ordering: .acquiring), ordering: .releasing)
                    return
                }
                // Until the other one surely sleeps.
                usleep(2000)
                let text = Array((time.isMultiple(of: 2) ? "1" : "0").utf8)
                asked.store(Stopwatch.now, ordering: .releasing)
                try text.withUnsafeBytes { try registered.write($0, at: 0) }
            }
            waits.append(Double(asked.load(ordering: .acquiring)) / 1000)
        }
        return waits.sorted()[waits.count / 2]
    }

    private func readToEnd(_ file: Int32) throws {
        let buffer = Buffer(64 << 10)
        while true {
            let count = read(file, buffer.bytes.baseAddress, buffer.bytes.count)
            guard count >= 0 else { throw SystemFailure(call: "read", "machine/events") }
            if count == 0 { return }
        }
    }
}
