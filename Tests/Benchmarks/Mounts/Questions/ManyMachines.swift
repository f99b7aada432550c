import FoundationEssentials

/// What a hundred machines take of the host together.
///
/// The program and its libraries are in memory once, however many run them: PSS counts for each daemon its share of
/// what several have mapped, VmRSS counts all of it for each. What machines store of their RAM is not mapped by anybody
/// until it is read; each says how much it is.
struct ManyMachines {
    static let count = 100
    private let setup: Setup
    private let names = (0..<count).map { "many-\($0)" }

    init(_ setup: Setup) { self.setup = setup }

    /// Mounts them, measures, and unmounts them.
    func ask() throws -> [Answer] {
        defer { for name in names { try? unmount(name) } }
        for name in names {
            try Command.run(["/bin/mkdir", "-p", setup.machine(name)])
            try Command.run([setup.fadumpfs, "mount", "--quiet", "--name", name, setup.machine(name)])
        }
        let daemons = try names.map(setup.daemon)
        let own = try daemons.reduce(0) { try $0 + Self.share($1) }
        let resident = try daemons.reduce(0) { try $0 + MemoryQuestions.size("VmRSS", $1) }
        let stored = try names.reduce(0) { try $0 + storedMemory($1) }
        let question = Question(
            id: "memory of \(Self.count) machines",
            unit: "MiB",
            better: .lower,
            reference: "",
            contenders: [
                .init(name: "fadumpfs together") { own + stored },
                .init(name: "the daemons' PSS, summed") { own },
                .init(name: "stored RAM, summed") { stored },
                .init(name: "the daemons' VmRSS, summed") { resident },
            ]
        )
        return try Rounds.askOnce([question])
    }

    private func unmount(_ name: String) throws {
        try Command.run([setup.fadumpfs, "unmount", "--quiet", setup.machine(name)])
    }

    /// MiB of a daemon: its share of what several processes have mapped, without the machine's RAM.
    private static func share(_ pid: Int32) throws -> Double {
        let path = "/proc/\(pid)/smaps_rollup"
        var sizes: [Substring: Double] = [:]
        for line in try SmallFile.text(path).split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == ":" })
            if words.count > 1 { sizes[words[0]] = Double(words[1]) }
        }
        guard let all = sizes["Pss"] else { throw SystemFailure("\(path) has no Pss") }
        return (all - (sizes["Pss_Shmem"] ?? 0)) / 1024
    }

    private func storedMemory(_ name: String) throws -> Double {
        struct Status: Decodable { let memoryAllocated: Double }
        let text = try SmallFile.text(setup.machine(name) + "/machine/status")
        return try JSONDecoder().decode(Status.self, from: Data(text.utf8)).memoryAllocated / 1_048_576
    }
}
