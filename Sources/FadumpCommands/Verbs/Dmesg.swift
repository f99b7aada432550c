import ArgumentParser
import Machine

struct Dmesg: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dmesg",
        abstract: "Print the kernel log of a machine's running boot.",
        discussion: """
              fadumpfs dmesg
              fadumpfs dmesg --follow               # goes on, over crashes and reboots
              fadumpfs dmesg --json | jq -r '.[] | select(.level <= 4).text'

            With --follow, --json prints an object a line.
            """
    )

    @OptionGroup
    var selection: MachineSelection

    @Flag(help: "Go on with what is printed later, over boots.")
    var follow = false

    @Flag(help: "Keep the levels in front of the lines: <6>[    0.000000] ...")
    var raw = false

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func validate() throws {
        guard !raw || !output.json else { throw ValidationError("--raw and --json exclude each other") }
    }

    func run() throws {
        let machine = try selection.machine()
        guard follow else {
            show(try machine.readBytes("dmesg", from: 0))
            return
        }
        try machine.follow("dmesg") { bytes in
            show(bytes)
            return true
        }
    }

    private func show(_ bytes: [UInt8]) {
        guard !raw else { return Standard.output(bytes) }
        let report = DmesgReport(bytes)
        guard follow, output.json else { return output.show(report) }
        for line in report.lines { Standard.output(JSONText.line(line) + "\n") }
    }
}
