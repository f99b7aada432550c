import ArgumentParser
import FuseTransport
import Glibc
import MachineStore
import SystemPackage

struct Unmount: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unmount",
        abstract: "Switch a machine off and unmount it.",
        discussion: """
            Takes the mount point or, with --name, the machine. A mount point that a killed daemon left behind is \
            cleaned up.

              fadumpfs unmount /mnt/power
              fadumpfs unmount --name big
            """
    )

    @Argument(help: "The mount point.", completion: Completions.mountPoints)
    var mountPoint: String?

    @OptionGroup
    var selection: MachineSelection

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func run() throws {
        guard let entry = try chosen() else { return }
        output.say("ending pid \(entry.pid)")
        try RunningMachine(entry: entry).end()
        output.confirm(OutcomeReport(gone: entry.name, entry.mountPoint))
    }

    /// The machine to end; nil where only a dead mount point had to be cleaned.
    private func chosen() throws -> RegistryEntry? {
        guard let mountPoint else { return try selection.entry() }
        let running = MachineRegistry.standard.running
        let resolved = realpath(mountPoint, nil)
        defer { free(resolved) }
        let path = resolved.map { String(cString: $0) } ?? mountPoint
        if let entry = running.first(where: { $0.mountPoint == path || $0.mountPoint == mountPoint }) {
            return entry
        }
        if try DeadMount.clean(mountPoint) {
            output.say("cleaned up what a killed daemon left on \(mountPoint)")
            return nil
        }
        throw Failure("no machine is mounted on \(mountPoint)")
    }
}
