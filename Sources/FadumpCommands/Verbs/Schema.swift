import ArgumentParser
import Machine
import Presentation

struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON schema of what a verb prints with --json.",
        discussion: """
            A verb of two words is joined by a hyphen; without a verb, the names are listed.

              fadumpfs schema status
              fadumpfs schema machine-check > check.schema.json
            """
    )

    @Argument(help: "The verb.", completion: .list(Schemas.shapes.map(\.verb)))
    var verb: String?

    func run() throws {
        guard let verb else {
            return Standard.output(Schemas.shapes.map { $0.verb + "\n" }.joined())
        }
        guard let shape = Schemas.shape(of: verb) else {
            let names = Schemas.shapes.map(\.verb).joined(separator: ", ")
            throw ValidationError("'\(verb)' prints no JSON; there are: \(names)")
        }
        Standard.output(JSONText.pretty(JSONSchema(shape, title: "fadumpfs \(verb) --json")) + "\n")
    }
}
