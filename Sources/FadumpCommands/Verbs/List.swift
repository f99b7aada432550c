import ArgumentParser
import Machine
import MachineStore

struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the machines that run.")

    @Flag(help: "As JSON: an array of objects with name, pid and mountPoint.")
    var json = false

    func run() throws {
        let entries = MachineRegistry.standard.running
        if json {
            print(JSONText.pretty(entries))
            return
        }
        guard !entries.isEmpty else {
            Standard.error("no machine is running")
            return
        }
        let width = entries.map(\.name.count).max() ?? 0
        for entry in entries {
            let name = entry.name + String(repeating: " ", count: width - entry.name.count)
            print("\(name)  pid \(entry.pid)  \(entry.mountPoint)")
        }
    }
}
