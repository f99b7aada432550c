import ArgumentParser

struct MachineVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "machine",
        abstract: "Write, check and show machine files.",
        discussion: """
            A machine file is TOML with a key for every option of 'fadumpfs mount', and describes a machine:

              memory = "1T"
              cpus = 8
              cmdline = "fadump=on panic=5"
              mount-point = "/mnt/big"

              [fault]
              register = "-2*3"

            Saved as /etc/fadumpfs/big.toml it is found by name: fadumpfs mount --machine big
            """,
        subcommands: [
            MachineNew.self, MachineCheck.self, MachineShow.self, MachineExamples.self, MachineSchema.self,
            MachineManual.self,
        ]
    )
}
