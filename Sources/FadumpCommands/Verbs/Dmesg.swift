import ArgumentParser

struct Dmesg: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the kernel log of a machine's running boot."
    )

    @OptionGroup
    var selection: MachineSelection

    @Flag(help: "Go on with what is printed later, over boots.")
    var follow = false

    @Flag(help: "Keep the levels in front of the lines: <6>[    0.000000] ...")
    var raw = false

    func run() throws {
        let machine = RunningMachine(entry: try selection.entry())
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
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        Standard.output(Array(lines.map { Self.withoutLevel($0) + "\n" }.joined().utf8))
    }

    private static func withoutLevel(_ line: Substring) -> Substring {
        guard line.first == "<", let end = line.firstIndex(of: ">") else { return line }
        return line[line.index(after: end)...]
    }
}
