import FoundationEssentials
import Glibc
import Machine
import MachineStore
import SystemPackage

/// A running machine, spoken to through its control directory.
struct RunningMachine {
    let entry: RegistryEntry

    func path(_ name: String) -> FilePath {
        FilePath(entry.mountPoint).appending("machine").appending(name)
    }

    /// What `machine/status` says.
    func status() throws -> StatusReport { try decode(StatusReport.self, read("status"), from: "status") }

    /// How the machine stands, for a verb that did something to it.
    func outcome() throws -> OutcomeReport { OutcomeReport(try status(), entry) }

    /// Everything that happened to the machine so far.
    func events() throws -> [Event] {
        try read("events").split(separator: "\n").map { try decode(Event.self, String($0), from: "events") }
    }

    private func decode<Value: Decodable>(_ type: Value.Type, _ text: String, from name: String) throws
        -> Value
    {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw Failure("cannot understand \(path(name)): \(error)")
        }
    }

    /// Writes one command; a refusal is explained by the event that it made.
    func control(_ command: String, _ output: OutputOptions) throws {
        output.say("writing '\(command)' to \(path("control"))")
        let before = (try? lastRefusal())?.sequence ?? 0
        do {
            let file = try FileDescriptor.open(path("control"), .writeOnly)
            defer { try? file.close() }
            try file.writeAll(Array((command + "\n").utf8))
        } catch let errno as Errno {
            if let refusal = try? lastRefusal(), refusal.sequence > before, let why = refusal.details["why"] {
                throw Failure("machine '\(entry.name)' refused '\(command)': \(why)")
            }
            throw Failure("machine '\(entry.name)' did not take '\(command)': \(errno)")
        }
    }

    /// Writes to a file of the machine's kernel, as a script does.
    func write(_ text: String, to path: FilePath) throws {
        do {
            let file = try FileDescriptor.open(path, .writeOnly)
            try file.closeAfter { _ = try file.writeAll(Array((text + "\n").utf8)) }
        } catch let errno as Errno {
            throw Failure("cannot write '\(text)' to \(path): \(errno)")
        }
    }

    /// MemTotal of the kernel that runs, in bytes.
    func memoryTotal(_ root: FilePath) throws -> UInt64 {
        let text = String(decoding: try SmallFile.read(root.appending("proc/meminfo")), as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.hasPrefix("MemTotal:") } ?? ""
        guard let kilobytes = UInt64(line.filter(\.isNumber)) else {
            throw Failure("\(root)/proc/meminfo says no MemTotal")
        }
        return kilobytes << 10
    }

    /// Switches the machine off and waits until its daemon is gone.
    func end() throws {
        guard kill(entry.pid, SIGTERM) == 0 else {
            throw Failure(
                "cannot end the daemon of '\(entry.name)' (pid \(entry.pid)): \(Errno(rawValue: errno))"
            )
        }
        for _ in 0..<1000 {
            guard MachineRegistry.standard.running(named: entry.name) != nil else { return }
            usleep(10_000)
        }
        throw Failure("the daemon of '\(entry.name)' (pid \(entry.pid)) is still running after 10 seconds")
    }

    private func lastRefusal() throws -> Event? {
        try read("events").split(separator: "\n").last { $0.contains("\"command-refused\"") }
            .map { try JSONDecoder().decode(Event.self, from: Data($0.utf8)) }
    }

    /// Everything in a file of the control directory.
    func read(_ name: String) throws -> String {
        String(decoding: try readBytes(name, from: 0), as: UTF8.self)
    }

    func readBytes(_ name: String, from start: Int64) throws -> [UInt8] {
        do {
            let file = try FileDescriptor.open(path(name), .readOnly)
            defer { try? file.close() }
            return try file.bytes(from: start)
        } catch let errno as Errno {
            throw Failure("cannot read \(path(name)): \(errno)")
        }
    }

    /// Reads a growing file to its end, over and over: `body` gets what is new, until it returns false.
    func follow(_ name: String, _ body: ([UInt8]) -> Bool) throws {
        do {
            let file = try FileDescriptor.open(path(name), .readOnly)
            defer { try? file.close() }
            var position: Int64 = 0
            while true {
                // A new boot begins a new log, which is shorter than the old one was.
                let length = try file.seek(offset: 0, from: .end)
                if length < position { position = 0 }
                let bytes = try file.bytes(from: position)
                position += Int64(bytes.count)
                if !bytes.isEmpty, !body(bytes) { return }
                var interest = pollfd(fd: file.rawValue, events: Int16(POLLIN), revents: 0)
                poll(&interest, 1, 1000)
            }
        } catch let errno as Errno {
            throw Failure("machine '\(entry.name)' is gone: \(errno)")
        }
    }
}
