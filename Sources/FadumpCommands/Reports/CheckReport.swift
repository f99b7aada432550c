import MachineFile
import Presentation

/// What `fadumpfs machine check` says: what is wrong in which machine file.
struct CheckReport: Report {
    struct File: Encodable {
        var file: String
        /// None where the file is good.
        var problems: [FileProblem]
    }

    var files: [File]

    func encode(to encoder: any Encoder) throws { try files.encode(to: encoder) }

    static let shape = Shape.list(
        .object([
            Field("file", .text, "The machine file."),
            Field(
                "problems",
                .list(
                    .object([
                        Field("file", .text, "The machine file."),
                        Field("line", .number, "Counted from 1; 0 where the file as a whole is meant."),
                        Field("column", .number, "Counted from 1."),
                        Field("text", .text, "What stands there.", inText: false),
                        Field("problem", .text, "What is wrong."),
                        Field("suggestion", .text, "What may be meant.", optional: true),
                        Field("source", .text, "The whole line.", optional: true),
                    ])
                ),
                "What is wrong with it, in the order of its lines."
            ),
        ])
    )

    func show(on page: inout Page) {
        for file in files {
            guard !file.problems.isEmpty else {
                page.line(StyledText(file.file) + StyledText(": ok", .green))
                continue
            }
            for problem in file.problems {
                for (index, line) in problem.description.split(separator: "\n").enumerated() {
                    page.line(StyledText(String(line), index == 0 ? .red : .plain))
                }
            }
        }
    }
}
