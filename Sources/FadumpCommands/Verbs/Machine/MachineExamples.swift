import ArgumentParser

struct MachineExamples: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "examples",
        abstract: "List the machine files that come with the program.",
        discussion: "One of them is written with: fadumpfs machine new --example NAME"
    )

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func run() { output.show(ExamplesReport()) }
}
