import ArgumentParser
import Machine
import Presentation

/// How a verb prints: the one renderer that all of them use.
///
/// Data goes to stdout, as text or JSON; what is said about the work goes to stderr. Colours are for terminals.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON instead of text; 'fadumpfs schema VERB' documents it.")
    var json = false

    @Option(
        name: [.customLong("color"), .customLong("colour", withSingleDash: false)],
        help: ArgumentHelp("Colours: auto (on a terminal), always or never.", valueName: "when"),
        completion: .list(Terminal.Colours.allCases.map(\.rawValue))
    )
    var colours = Terminal.Colours.auto

    @Flag(name: .shortAndLong, help: "Print nothing but what was asked for, and errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say on stderr what is done.")
    var verbose = false

    func validate() throws {
        guard !quiet || !verbose else { throw ValidationError("--quiet and --verbose exclude each other") }
    }

    /// Prints what the verb was asked for.
    func show(_ report: some Report) {
        guard !json else { return Standard.output(JSONText.pretty(report) + "\n") }
        let terminal = Terminal(descriptor: 1, colours: colours)
        var page = Page(width: terminal.width)
        report.show(on: &page)
        Standard.output(terminal.hasColours ? page.ansi : page.plain)
    }

    /// Prints what came of something that was done: not asked for, so that --quiet keeps it back.
    func confirm(_ report: some Report) {
        if confirms { show(report) }
    }

    /// Whether anybody wants to hear what came of something.
    var confirms: Bool { !quiet || json }

    /// Says what is done, for those who want to know.
    func say(_ text: @autoclosure () -> String) {
        if verbose { Standard.error(text()) }
    }
}

extension Terminal.Colours: ExpressibleByArgument {}
