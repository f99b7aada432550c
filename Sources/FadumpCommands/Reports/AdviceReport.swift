import Machine
import Presentation

/// What `fadumpfs advise` says: how much boot memory a capture needs, and what was tried to find out.
struct AdviceReport: Report {
    var capture: String
    /// How the command's memory was limited.
    var limit: String
    var trials: [Trial.Result]
    /// The smallest boot memory that works; absent where none does.
    var bootMemory: UInt64?
    /// What to put on the kernel command line.
    var parameter: String?

    static let shape = Shape.object([
        Field("capture", .text, "The command that was tried."),
        Field("limit", .text, "How its memory was limited."),
        Field(
            "trials",
            .list(
                .object([
                    Field("bootMemory", .bytes, "The boot memory that was tried."),
                    Field(
                        "available",
                        .bytes,
                        "What of it the command got: MemTotal of the capture kernel, less --others."
                    ),
                    Field("works", .flag, "Whether the dump was captured."),
                    Field("exitCode", .number, "The command's exit code.", optional: true, inText: false),
                    Field(
                        "peak",
                        .number,
                        "The most memory the command used, in bytes.",
                        optional: true,
                        inText: false
                    ),
                    Field("outcome", .text, "What came of it."),
                ])
            ),
            "What was tried, in order."
        ),
        Field("bootMemory", .bytes, "The smallest boot memory that works.", optional: true),
        Field("parameter", .text, "What to put on the kernel command line.", optional: true),
    ])

    func show(on page: inout Page) {
        page.heading("how much boot memory this capture needs: \(capture)")
        page.line(StyledText(limit, .dim))
        page.line()
        page.table(
            ["boot memory", "available", "peak", "outcome"],
            trials.map { trial in
                [
                    StyledText(ByteSize.text(trial.bootMemory)), StyledText(ByteSize.text(trial.available)),
                    StyledText(trial.peak.map(ProgressLine.amount) ?? "-"),
                    StyledText(trial.outcome, trial.works ? .green : .red),
                ]
            },
            right: [0, 1, 2]
        )
        page.line()
        if let bootMemory, let parameter {
            page.line(
                StyledText("the smallest that works is \(ByteSize.text(bootMemory)): ")
                    + StyledText(parameter, .bold)
            )
        } else {
            page.line(StyledText("no size works", .red))
        }
    }
}
