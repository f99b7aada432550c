import ArgumentParser
import MachineStore

/// Which of the running machines a command is for.
struct MachineSelection: ParsableArguments {
    @Option(
        help: "The machine's name; not needed while only one runs.",
        completion: Completions.runningMachines
    )
    var name: String?

    /// The machine that is meant, or an error that says which ones there are.
    func entry(in registry: MachineRegistry = .standard) throws -> RegistryEntry {
        let running = registry.running
        if let name {
            guard let entry = running.first(where: { $0.name == name }) else {
                throw Failure("no machine named '\(name)' is running\(Self.list(running))")
            }
            return entry
        }
        guard let entry = running.first else {
            throw Failure("no machine is running; start one with: fadumpfs mount DIRECTORY")
        }
        guard running.count == 1 else {
            throw Failure("several machines are running; say which one with --name\(Self.list(running))")
        }
        return entry
    }

    func machine() throws -> RunningMachine { RunningMachine(entry: try entry()) }

    private static func list(_ entries: [RegistryEntry]) -> String {
        entries.isEmpty ? "" : "; running: " + entries.map(\.name).joined(separator: ", ")
    }
}

/// Something went wrong that a person is told about in one line.
struct Failure: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}
