import ArgumentParser
import Glibc

struct Shell: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shell",
        abstract: "A shell on a machine: its files are at their hard-coded paths.",
        discussion: """
            Runs $SHELL as 'fadumpfs exec' runs a command; the shell dies with the machine.

              fadumpfs shell
              fadumpfs shell --name big
            """
    )

    @OptionGroup
    var selection: MachineSelection

    @OptionGroup(title: "Boot")
    var boot: BootOptions

    func run() throws {
        let shell = getenv("SHELL").map { String(cString: $0) } ?? "/bin/sh"
        try boot.run(selection.entry(), [shell])
    }
}
