import ArgumentParser
import KernelProfile
import Machine

struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show how a machine is doing.",
        discussion: "What machine/status in the mount holds as JSON, for people."
    )

    @OptionGroup
    var selection: MachineSelection

    @Flag(help: "As JSON: sizes and addresses in bytes.")
    var json = false

    func run() throws {
        let machine = RunningMachine(entry: try selection.entry())
        let (text, report) = try machine.status()
        if json {
            print(text, terminator: "")
            return
        }
        for (label, value) in Self.rows(report, mountPoint: machine.entry.mountPoint) {
            print(label + ":" + String(repeating: " ", count: max(1, 14 - label.count)) + value)
        }
    }

    private static func numbers(_ values: [UInt32]) -> String {
        values.map(String.init).joined(separator: " ")
    }

    private static func rows(_ report: StatusReport, mountPoint: String) -> [(String, String)] {
        var rows = [
            ("machine", "\(report.name) on \(mountPoint)"),
            ("power", "\(report.power), boot \(report.boot)"),
            (
                "kernel",
                "\(report.kernel) (\(report.release), \(report.endian)-endian, \(ByteSize.text(report.pageSize)) pages)"
            ),
            ("command line", report.commandLine),
            (
                "memory",
                "\(ByteSize.text(report.memory)) (\(ByteSize.text(report.memoryAllocated)) of the host's)"
            ),
            ("CPUs", "\(report.cpus.count) online of \(report.maximumCPUs): \(numbers(report.cpus))"),
        ]
        if let fadump = report.fadump { rows.append(("fadump", fadump.rawValue)) }
        if let area = report.area {
            let start = KernelFormat.hex(area.start)
            rows.append(("reserved area", "\(ByteSize.text(area.size)) at \(start)"))
            rows.append(("boot memory", ByteSize.text(area.bootMemorySize)))
        }
        if let size = report.vmcoreSize { rows.append(("vmcore", "\(size) bytes")) }
        if let reserved = report.kdumpReserved {
            rows.append(
                (
                    "kdump",
                    "\(ByteSize.text(reserved)) reserved, \(report.kdumpLoaded ? "loaded" : "not loaded")"
                )
            )
        }
        return rows
    }
}
