import Presentation

/// What `fadumpfs truth` says: what was kept.
struct TruthReport: Report {
    var file: String
    var size: UInt64
    var machine: String
    var crashedBoot: UInt64
    /// Bytes of memory that it is about.
    var memory: UInt64
    /// Bytes that were read to make it.
    var stored: UInt64
    var payload: String

    static let shape = Shape.object([
        Field("file", .text, "The file."), Field("size", .number, "Its length in bytes."),
        Field("machine", .text, "The machine."),
        Field("crashedBoot", .number, "Which of its boots crashed, counted from 1."),
        Field("memory", .number, "How much memory can be in a dump."),
        Field("stored", .number, "Bytes that were read.", inText: false),
        Field("payload", .choice(["hashes", "bytes"]), "What it has of pages that were written to."),
    ])

    func show(on page: inout Page) {
        page.line(
            StyledText(file, .bold)
                + StyledText(
                    ": \(size) bytes, \(payload) of what was written to \(ProgressLine.amount(memory)) "
                        + "(\(memory) bytes) of machine '\(machine)' when its boot \(crashedBoot) crashed"
                )
        )
    }
}
