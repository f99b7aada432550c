import CrashTruth
import Presentation
import SyntheticKernel

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
    /// The pages that can be in a dump by what they were used for; empty where nobody planned them.
    var pages: [VerificationReport.Use]

    static let shape = Shape.object([
        Field("file", .text, "The file."), Field("size", .number, "Its length in bytes."),
        Field("machine", .text, "The machine."),
        Field("crashedBoot", .number, "Which of its boots crashed, counted from 1."),
        Field("memory", .number, "How much memory can be in a dump."),
        Field("stored", .number, "Bytes that were read.", inText: false),
        Field("payload", .choice(["hashes", "bytes"]), "What it has of pages that were written to."),
        Field("pages", .list(VerificationReport.use), "What pages that can be in a dump were used for."),
    ])

    func show(on page: inout Page) {
        page.line(
            StyledText(file, .bold)
                + StyledText(
                    ": \(size) bytes, \(payload) of what was written to \(ProgressLine.amount(memory)) "
                        + "(\(memory) bytes) of machine '\(machine)' when its boot \(crashedBoot) crashed"
                )
        )
        guard !pages.isEmpty else { return }
        page.line(StyledText("pages: " + pages.map { "\($0.pages) \($0.use)" }.joined(separator: ", ")))
    }
}

extension Truth {
    /// The pages that can be in a dump, in whole or in part, by what they were used for.
    var uses: [VerificationReport.Use] {
        guard let plan = PagePlan(pageSize: facts.pageSize, lines: { facts[$0] }) else { return [] }
        var counts = PageCounts()
        for segment in segments where !segment.isEmpty {
            let first = segment.start.rawValue / plan.pageSize
            let last = (segment.end.rawValue - 1) / plan.pageSize
            counts += plan.counts(in: first..<last + 1)
        }
        return PageClass.allCases.map { .init(use: VerificationReport.word($0), pages: counts[$0]) }
    }
}
