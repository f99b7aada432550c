import FadumpKernel
import Machine
import MachineStore
import Presentation

/// What a verb that does something says: how the machine stands now.
struct OutcomeReport: Report {
    var machine: String
    var mountPoint: String
    /// running, crashed, resetting, off; gone where the machine does not exist any more.
    var power: String
    var boot: UInt64?
    var fadump: FadumpStatus?
    var vmcoreSize: UInt64?

    init(_ status: StatusReport, _ entry: RegistryEntry) {
        machine = status.name
        mountPoint = entry.mountPoint
        power = status.power
        boot = status.boot
        fadump = status.fadump
        vmcoreSize = status.vmcoreSize
    }

    /// The outcome of unmounting.
    init(gone name: String, _ mountPoint: String) {
        machine = name
        self.mountPoint = mountPoint
        power = "gone"
    }

    static let shape = Shape.object([
        Field("machine", .text, "The machine's name."),
        Field("mountPoint", .text, "Where its files are mounted."),
        Field("power", .choice(["running", "crashed", "resetting", "off", "gone"]), "How it stands now."),
        Field("boot", .number, "The boot that runs, counted from 1.", optional: true),
        Field("fadump", .choice(FadumpStatus.allCases.map(\.rawValue)), "How fadump stands.", optional: true),
        Field("vmcoreSize", .number, "Bytes of /proc/vmcore, where a dump waits.", optional: true),
    ])

    func show(on page: inout Page) {
        var line = StyledText(machine, .bold) + StyledText(" on \(mountPoint): \(power)")
        if let boot { line += StyledText(", boot \(boot)") }
        if let fadump { line += StyledText(", fadump \(fadump.rawValue)") }
        if let vmcoreSize { line += StyledText(", vmcore of \(vmcoreSize) bytes") }
        page.line(line)
    }
}
