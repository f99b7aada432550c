import ArgumentParser
import Machine
import MachineFile

struct MachineSchema: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON schema of machine files, for editors.",
        discussion: """
            Editors with a TOML language server (Taplo, Even Better TOML) complete and check machine files with it:

              fadumpfs machine schema > fadumpfs.schema.json
              # and as the first line of a machine file:  #:schema ./fadumpfs.schema.json
            """
    )

    func run() { Standard.output(JSONText.pretty(MachineFileSchema()) + "\n") }
}
