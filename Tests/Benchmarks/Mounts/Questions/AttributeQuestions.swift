import Glibc

/// Small files: opening, reading or writing, closing; and reading one that is open already.
struct AttributeQuestions {
    let setup: Setup
    /// Repetitions in one measurement.
    let times: Int

    private let buffer = Buffer(4096)

    init(_ setup: Setup, times: Int) {
        self.setup = setup
        self.times = times
    }

    var questions: [Question] {
        [
            question(
                "attribute open+read+close",
                setup.readableAttributes,
                openReadClose,
                reference: Setup.remembering
            ),
            question("attribute open+write+close", setup.writableAttributes, openWriteClose),
            question("attribute pread", setup.readableAttributes, readOpened, reference: Setup.remembering),
        ]
    }

    /// Against what is no file system in user space at all, where the host has it.
    var againstSysfs: [Question] {
        var files = setup.readableAttributes.filter {
            $0.contender == "fadumpfs" || $0.path == Setup.readableReal
        }
        guard let real = files.first(where: { $0.path == Setup.readableReal }) else { return [] }
        // A file of procfs, whose name is asked for each time.
        files.append(("fadumpfs, names asked for", setup.machine("attributes") + Setup.panic))
        files += setup.floors.map { ($0.contender, setup.machine($0.folder) + Setup.registered) }
        return [
            question("attribute against sysfs", files, openReadClose, reference: real.contender)
        ]
    }

    /// What several clients get done together, against one of them; and what the floor makes of that.
    var severalClients: Question {
        let served = [("", "attributes")] + setup.floors.prefix(1).map { ($0.contender + ", ", $0.folder) }
        return Question(
            id: "attribute clients",
            unit: "per ms",
            better: .higher,
            reference: "one client",
            contenders: served.flatMap { server, folder in
                [(1, "one client"), (4, "four clients")].map { clients, name in
                    .init(name: server + name) {
                        try perMillisecond(clients, setup.machine(folder) + Setup.registered)
                    }
                }
            },
            fitsOneCPU: false
        )
    }

    private func perMillisecond(_ clients: Int, _ path: String) throws -> Double {
        // Long enough that starting threads counts for nothing.
        let times = times * 5
        let took = try Stopwatch.time {
            try Clients.together(clients) { _ in try AttributeQuestions(setup, times: times).open(path) }
        }
        return Double(times * clients) / took * 1e6
    }

    private func open(_ path: String) throws { _ = try openReadClose(path) }

    private func question(
        _ id: String,
        _ files: [(contender: String, path: String)],
        _ measure: @escaping (String) throws -> Double,
        reference: String = Setup.equal
    ) -> Question {
        Question(
            id: id,
            unit: "us",
            better: .lower,
            reference: reference,
            contenders: files.map { file in .init(name: file.contender) { try measure(file.path) } }
        )
    }

    private func openReadClose(_ path: String) throws -> Double {
        try perTime {
            let file = try OpenedFile(path)
            guard pread(file.descriptor, buffer.bytes.baseAddress, 4096, 0) > 0 else {
                throw SystemFailure(call: "read", path)
            }
        }
    }

    /// Writes what the file shows, so that nothing changes. Without O_TRUNC, which would make tmpfs work.
    private func openWriteClose(_ path: String) throws -> Double {
        let shown: Int
        do {
            let file = try OpenedFile(path)
            shown = pread(file.descriptor, buffer.bytes.baseAddress, 4096, 0)
        }
        guard shown > 0 else { throw SystemFailure(call: "read", path) }
        return try perTime {
            let file = try OpenedFile(path, O_WRONLY)
            try file.write(UnsafeRawBufferPointer(buffer.prefix(shown)), at: 0)
        }
    }

    private func readOpened(_ path: String) throws -> Double {
        let file = try OpenedFile(path)
        return try perTime {
            guard pread(file.descriptor, buffer.bytes.baseAddress, 4096, 0) > 0 else {
                throw SystemFailure(call: "read", path)
            }
        }
    }

    /// Microseconds.
    private func perTime(_ body: () throws -> Void) rethrows -> Double {
        try Stopwatch.time { for _ in 0..<times { try body() } } / Double(times) / 1000
    }
}
