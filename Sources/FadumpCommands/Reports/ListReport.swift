import MachineStore
import Presentation

/// What `fadumpfs list` says: the machines that run.
struct ListReport: Report {
    var machines: [RegistryEntry]

    static let shape = Shape.list(
        .object([
            Field("name", .text, "The machine's name."),
            Field("pid", .number, "The process id of its daemon."),
            Field("mountPoint", .text, "Where its files are mounted."),
            Field("origins", .map(.text), "Where the options of the mount come from.", inText: false),
        ])
    )

    func encode(to encoder: any Encoder) throws { try machines.encode(to: encoder) }

    func show(on page: inout Page) {
        page.table(
            machines.isEmpty ? [] : ["name", "pid", "mount point"],
            machines.map { [StyledText($0.name, .bold), "\(String($0.pid))", StyledText($0.mountPoint)] },
            right: [1]
        )
    }
}
