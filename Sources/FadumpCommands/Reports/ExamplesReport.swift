import MachineFile
import Presentation

/// What `fadumpfs machine examples` says: the machine files that come with the program.
struct ExamplesReport: Report {
    struct Example: Encodable {
        var name: String
        var summary: String
    }

    private let examples = MachineExample.all.map { Example(name: $0.name, summary: $0.summary) }

    func encode(to encoder: any Encoder) throws { try examples.encode(to: encoder) }

    static let shape = Shape.list(
        .object([Field("name", .text, "Its name."), Field("summary", .text, "What it shows.")])
    )

    func show(on page: inout Page) {
        for example in examples {
            page.line(StyledText(example.name, .bold))
            page.line(StyledText("    " + example.summary))
        }
    }
}
