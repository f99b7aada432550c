/// One run: everything is measured in turn, what belongs together in the same rounds.
struct Run {
    private let setup: Setup
    private let rounds: Rounds
    private let oneCPU: OneCPU
    /// What passthrough_ll takes when it has served nobody yet: it grows with the threads that it happens to start.
    private let otherMemory: Double
    private var answers: [Answer] = []
    private var notes: [String] = []

    /// Where in the machine's memory the window lies that is filled and read, and its size.
    private static let window = (address: 1 << 30, count: 512 << 20)

    init(_ setup: Setup, rounds: Int) throws {
        self.setup = setup
        self.rounds = Rounds(count: rounds)
        oneCPU = try OneCPU(setup.daemons())
        otherMemory = try MemoryQuestions.size("VmRSS", setup.equalDaemon())
    }

    mutating func results() throws -> Results {
        if setup.asks("idle") { try memory("idle", of: "attributes") }
        if setup.asks("attribute") { try attributes() }
        if setup.asks("vmcore") { try dump() }
        if setup.asks("tools") { try tools() }
        if setup.asks("crash") { try crashes() }
        if setup.asks("seeded") { try seeded() }
        if setup.asks("start") { try ask(StartQuestions(setup: setup).questions) }
        if setup.asks("machines") { answers += try ManyMachines(setup).ask() }
        return Results(answers, rounds: rounds.count, notes: notes)
    }

    /// First wherever the kernel puts everybody, then with everybody on one CPU.
    private mutating func ask(_ questions: [Question]) throws {
        answers += try rounds.ask(questions)
        answers += try rounds.ask(questions.filter { $0.fitsOneCPU }.map(oneCPU.asked))
    }

    private mutating func memory(_ moment: String, of machine: String) throws {
        let questions = MemoryQuestions(moment: moment, daemon: try setup.daemon(machine), other: otherMemory)
        answers += try Rounds.askOnce([questions.question])
    }

    private mutating func attributes() throws {
        if !setup.writableAttributes.contains(where: { $0.path == Setup.writableReal }) {
            notes.append("no writing to sysfs was measured: \(Setup.writableReal) cannot be written here")
        }
        let questions = AttributeQuestions(setup, times: 2000)
        try ask(questions.questions + questions.againstSysfs)
        try ask([questions.severalClients, WakeUpQuestion(setup: setup, times: 20).question])
    }

    private mutating func dump() throws {
        let dumps = try crashedDumps()
        let count = Self.window.count
        let files =
            dumps + [
                // Laid out like the dump, as a copy of it would be.
                DumpFile(
                    contender: Setup.tmpfs,
                    path: setup.tmpfsFolder + Setup.copy,
                    start: dumps[0].start,
                    count: count
                ),
                DumpFile(contender: Setup.equal, path: setup.equalMount + Setup.dump, start: 0, count: count),
                DumpFile(
                    contender: Setup.defaults,
                    path: setup.defaultsMount + Setup.dump,
                    start: 0,
                    count: count
                ),
            ]
        for dump in dumps { try DumpFile.compare(dump, files[dumps.count]) }
        let questions = DumpQuestions(files)
        notes += questions.notes
        try ask(questions.questions)
        try memory("after reading the dump", of: "dump")
        let verification = try VerificationQuestions(setup, machine: "dump", window: Self.window)
        defer { verification.end() }
        try ask(verification.questions)
    }

    private mutating func tools() throws {
        let tools = ToolQuestions(setup)
        if setup.words("tool").isEmpty {
            notes.append(
                "no makedumpfile of Power was measured: there is none here, or no qemu-ppc64le-static"
            )
        } else {
            try ask([tools.emulated()])
        }
        if setup.words("native-tool").isEmpty {
            notes.append("no makedumpfile of this host was measured: it reads no dumps of x86_64")
        } else {
            try ask([tools.native()])
        }
    }

    /// The window in the dump of two machines, and the same bytes in plain files, all written at a time.
    ///
    /// The machines crash twice: the first dump tells where in the file the window lies.
    private func crashedDumps() throws -> [DumpFile] {
        let (address, count) = Self.window
        let machines = ["dump", "direct"]
        func crash(_ name: String) throws -> Int {
            let machine = setup.machine(name)
            try Crash.register(machine)
            try Crash.crash(machine)
            return try CoreLayout(machine + Setup.vmcore).offset(of: UInt64(address), count: count)
        }
        let starts = try machines.map(crash)
        for name in machines { try Crash.release(setup.machine(name)) }
        let memories = machines.map { (setup.machine($0) + "/machine/memory", address) }
        let folder = setup.tmpfsFolder
        try DumpFile.fill(
            memories + [(folder + Setup.copy, starts[0]), (folder + Setup.dump, 0)],
            count: count
        )
        return try machines.map { name in
            let start = try crash(name)
            let contender = "fadumpfs, \(try setup.vmcoreMode(name))"
            let path = setup.machine(name) + Setup.vmcore
            return DumpFile(contender: contender, path: path, start: start, count: count)
        }
    }

    private mutating func seeded() throws {
        try SeededReading.read(setup, "filled", count: 2 << 30)
        try memory("after \(SeededReading.clients) clients read 2 GiB of seeded memory", of: "filled")
    }

    private mutating func crashes() throws {
        let machine = CrashQuestions.sizes[0]
        let before = try MemoryQuestions.own(setup.daemon(machine.name))
        try ask(CrashQuestions(setup: setup).questions)
        try memory("after crash cycles", of: machine.name)
        // Asked twice in as many rounds and one that does not count.
        let cycles = machine.times * (rounds.count + 1) * 2
        let growth = Question(
            id: "memory growth of a crash cycle",
            unit: "KiB",
            better: .lower,
            reference: "",
            contenders: [
                .init(name: "fadumpfs, mean of \(cycles)") { [setup] in
                    (try MemoryQuestions.own(setup.daemon(machine.name)) - before) * 1024 / Double(cycles)
                }
            ]
        )
        answers += try Rounds.askOnce([growth])
    }
}
