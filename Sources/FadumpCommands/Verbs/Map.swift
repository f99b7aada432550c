import ArgumentParser
import Glibc
import Pictures
import SystemPackage

struct Map: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Draw a machine's memory: the design document's Fig. 1 or Fig. 2, to scale.",
        discussion: """
            Fig. 1 while no dump waits, Fig. 2 in a capture kernel, with this machine's addresses and sizes.

              fadumpfs map
              fadumpfs map --name big --svg memory.svg
            """
    )

    @OptionGroup
    var selection: MachineSelection

    @Option(
        help: ArgumentHelp("Write the picture to a file, for documents; - is stdout.", valueName: "file"),
        completion: .file(extensions: ["svg"])
    )
    var svg: String?

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func run() throws {
        let status = try selection.machine().status()
        guard let svg else { return output.show(MapReport(status)) }
        let picture = MapSVG(status).text
        guard svg != "-" else { return Standard.output(picture) }
        try SmallFile.replace(FilePath(svg), with: Array(picture.utf8))
        output.say("wrote \(svg)")
    }
}
