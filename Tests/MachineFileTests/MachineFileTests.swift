import KernelProfile
import Machine
import Testing

@testable import MachineFile

@Suite("Machine files")
struct MachineFileTests {
    private func read(_ text: String) throws -> (MachineConfiguration, MountSettings) {
        var machine = MachineConfiguration()
        var mount = MountSettings()
        try MachineFile(parsing: text, path: "/x/big.toml").apply(to: &machine, &mount)
        return (machine, mount)
    }

    /// What is wrong with a text, as `line:column problem`.
    private func problems(_ text: String) -> [FileProblem] {
        do {
            _ = try read(text)
            return []
        } catch let error as FileProblems {
            return error.problems
        } catch {
            return []
        }
    }

    @Test("every option of mount is a key")
    func everyKey() throws {
        let (machine, mount) = try read(
            """
            name = "n"
            memory = 4294967296
            cpus = 3
            image = "/dumps/vmcore"
            max-cpus = 8
            cpu = "power7"
            hpte-size = "8K"
            page-size = "4K"
            endian = "big"
            rma = "512M"
            mmu = "hash"
            kernel = "linux-3.4"
            dump-arch = "power"
            config = { fa_dump = "n", nr_cpus = 64 }
            platform = "pseries"
            firmware = "none"
            cmdline = "fadump=on panic=5"
            clock = "real"
            date = "2012-02-29T12:00:00Z"
            seed = "18446744073709551615"
            fill = "seed:7,zero=30,user=40"
            fault = ["register=-2*3", "dump=error"]
            vmcore = "direct"
            mount-point = "/mnt/x"
            foreground = true
            allow-other = true
            log-level = "debug"
            """
        )
        let texts = MachineSetting.allCases.map { machine.text(of: $0) ?? "-" }
        #expect(
            texts == [
                "n", "4G", "-", "/dumps/vmcore", "3", "8", "power7", "8K", "4K", "big", "512M", "hash",
                "linux-3.4",
                "power", "fa_dump=n,nr_cpus=64", "pseries", "none",
                "fadump=on panic=5",
                "real", "1330516800", "18446744073709551615",
                "seed:7,zero=30,cache=0,private=0,user=40,slab=0,free=0", "register=-2*3,dump=error",
                "direct",
            ]
        )
        #expect(
            mount.mountPoint == "/mnt/x" && mount.foreground && mount.allowOther && mount.logLevel == "debug"
        )
        #expect(machine.origin(of: .cpus) == .file("/x/big.toml", line: 3, column: 1))
        #expect(machine.origin(of: .memoryMap) == .builtIn)
    }

    @Test("memory maps are lists of ranges, faults a table; a file that says no name has its own")
    func structures() throws {
        let (machine, _) = try read(
            """
            memory-map = [
                "0-256M",   # the first node
                "256M-2G",
            ]
            [fault]
            register = ["-2*3", "-1@4"]
            invalidate = -3
            """
        )
        #expect(machine.text(of: .memoryMap) == "0-256M,256M-2G")
        #expect(machine.text(of: .memory) == nil)
        #expect(machine.text(of: .faults) == "invalidate=-3,register=-2*3,register=-1@4*1")
        #expect(machine.name == "big")
        #expect(machine.origin(of: .name) == .fileName("/x/big.toml"))
        #expect(machine.origin(of: .faults) == .file("/x/big.toml", line: 5, column: 2))
    }

    @Test("an option takes the place of what the file says, and of its alternative")
    func layers() throws {
        var (machine, _) = try read("memory-map = \"0-1G\"\ncpus = 3\n")
        try machine.set(.memory, to: "3G", from: .option("memory"))
        #expect(machine.text(of: .memory) == "3G")
        #expect(machine.origin(of: .memoryMap) == .builtIn)
        #expect(machine.origin(of: .memory).description == "option --memory")
        #expect(machine.origin(of: .cpus).description == "/x/big.toml:2")
    }

    @Test(
        "what is wrong is said with line, column, text and a suggestion",
        arguments: [
            ("memroy = \"2G\"\n", 1, 1, "memroy", "memory"),
            ("\n\n  kernel = \"linux-34\"  # x\n", 3, 12, "\"linux-34\"", "linux-3.4"),
            ("cpus = \"many\"\n", 1, 8, "\"many\"", nil), ("cpus = -1", 1, 8, "-1", nil),
            ("memory = true", 1, 10, "true", nil), ("memory = 1.5", 1, 10, "1.5", nil),
            ("memory = \"99999999999999999999G\"", 1, 10, "\"99999999999999999999G\"", nil),
            ("memory-map = [1, 2]", 1, 14, "[1, 2]", nil),
            ("memory = \"1G\"\nmemory-map = \"0-1G\"", 2, 1, "memory-map", nil),
            ("[fault]\nregister = -1\nos-term = \"often\"", 3, 11, "\"often\"", nil),
            ("fault.register = \"x\"", 1, 18, "\"x\"", nil),
            ("[fault]\nexplode = 1", 2, 11, "1", nil), ("log-level = \"loud\"", 1, 13, "\"loud\"", nil),
            ("foreground = \"yes\"", 1, 14, "\"yes\"", nil), ("clock = 2026-01-01", 1, 9, "2026-01-01", nil),
            ("'cpus' = 0x", 1, 10, "0x", nil), ("cpus = [}", 1, 9, "}", nil), ("[,]", 1, 2, "", nil),
        ] as [(String, Int, Int, String, String?)]
    )
    func wrong(text: String, line: Int, column: Int, offending: String, suggestion: String?) throws {
        let problem = try #require(problems(text).first)
        #expect(problem.line == line)
        #expect(problem.column == column)
        #expect(problem.text == offending)
        #expect(problem.suggestion == suggestion)
        #expect(problem.description.contains("/x/big.toml:\(line):\(column): "))
    }

    @Test("everything that is wrong is said at once, in the order of the lines")
    func all() {
        let text = "memroy = 1\ncpus = true\nkernel = \"x\"\n"
        #expect(problems(text).map(\.line) == [1, 2, 3])
    }

    @Test("the place is underlined below the line")
    func underline() throws {
        let problem = try #require(problems("\tcpus = true").first)
        #expect(problem.description.hasSuffix("  1 | \tcpus = true\n    | \t       ^^^^"))
    }

    @Test("files of which no parser knows what they are end in a problem, not in a trap")
    func garbage() {
        var generator = Generator(state: 7)
        let alphabet = Array("abc=\"'[]{}.#\\\n\r\t 0159-+_:,é\u{0}")
        for _ in 0..<3000 {
            let length = Int.random(in: 0..<60, using: &generator)
            let text = String((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
            _ = problems(text)
        }
    }
}

/// Random numbers that are the same in every run.
private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
