import ArgumentParser
import Glibc
import MachineFile
import SystemPackage

struct MachineNew: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Write a machine file with every key explained.",
        discussion: """
            What options say is in the file; everything else is there as a comment, with its default.

              fadumpfs machine new --memory 1T --cpus 8 --output /etc/fadumpfs/big.toml
              fadumpfs machine new --example two-nodes
            """
    )

    @OptionGroup(title: "Machine")
    var machine: MachineOptions

    @Option(
        help: ArgumentHelp(
            "Begin with this example; 'fadumpfs machine examples' lists them.",
            valueName: "name"
        ),
        completion: .list(MachineExample.all.map(\.name))
    )
    var example: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to this file instead of stdout.", valueName: "file"),
        completion: .file(extensions: ["toml"])
    )
    var output: String?

    @OptionGroup
    var overwriting: OverwriteOption

    @OptionGroup(title: "Output")
    var printing: OutputOptions

    func run() throws {
        let (text, report) = try contents()
        if let output {
            try overwriting.allow(output)
            try SmallFile.replace(FilePath(output), with: Array(text.utf8))
            printing.say("wrote \(output)")
        } else if printing.json {
            printing.show(report)
        } else {
            Standard.output(text)
        }
    }

    private func contents() throws -> (String, SettingsReport) {
        var described = try machine.describe()
        guard let example else {
            return (MachineFileText.template(described.machine, described.mount), SettingsReport(described))
        }
        guard let found = MachineExample.all.first(where: { $0.name == example }) else {
            let names = MachineExample.all.map(\.name).joined(separator: ", ")
            throw Failure("there is no example '\(example)'; there are: \(names)")
        }
        described = DescribedMachine()
        try MachineFile(parsing: found.text, path: example + ".toml").apply(
            to: &described.machine,
            &described.mount
        )
        return (found.text, SettingsReport(described))
    }
}
