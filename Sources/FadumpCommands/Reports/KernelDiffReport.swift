import KernelComparison
import KernelProfile
import Presentation

/// What `fadumpfs kernels --diff A B` says: what is different for somebody who writes scripts.
struct KernelDiffReport: Report {
    struct Kernel: Encodable {
        var name: String
        var release: String
    }

    var from: Kernel
    var to: Kernel
    var changes: [KernelChange]

    /// Runs both kernels.
    ///
    /// Errors: those of `KernelFacts`.
    init(from old: KernelProfile, to new: KernelProfile) throws {
        from = Kernel(name: old.name, release: old.release)
        to = Kernel(name: new.name, release: new.release)
        changes = try KernelFacts(observing: old).changes(to: KernelFacts(observing: new))
    }

    private static let kernel = Shape.object([
        Field("name", .text, "Its name."), Field("release", .text, "What uname -r says."),
    ])

    static let shape = Shape.object([
        Field("from", kernel, "The one kernel."), Field("to", kernel, "The other one."),
        Field(
            "changes",
            .list(
                .object([
                    Field("topic", .choice(Topic.allCases.map(\.rawValue)), "What it is about."),
                    Field("subject", .text, "What was asked: a path, a written value, a machine."),
                    Field("when", .list(.choice(Moment.allCases.map(\.rawValue))), "When, if that matters."),
                    Field("before", .list(.text), "The lines of the one kernel alone.", optional: true),
                    Field("after", .list(.text), "The lines of the other one alone.", optional: true),
                ])
            ),
            "What is different, topic by topic. 'before' is absent where the one kernel has nothing to ask, 'after' "
                + "where the other one has nothing."
        ),
    ])

    func show(on page: inout Page) {
        page.line(
            StyledText("from \(from.name) (\(from.release)) ", .bold)
                + StyledText("to \(to.name) (\(to.release))", .bold)
        )
        if changes.isEmpty { page.line("nothing that a script could see is different") }
        for topic in Topic.allCases {
            let changes = changes.filter { $0.topic == topic }
            guard !changes.isEmpty else { continue }
            page.line()
            page.heading("\(topic.rawValue): \(topic.title)")
            show(changes.filter(\.fitsARow), on: &page)
            for change in changes where !change.fitsARow { show(change, on: &page) }
        }
    }

    /// Short answers beside each other.
    private func show(_ rows: [KernelChange], on page: inout Page) {
        page.table(
            [],
            rows.map { change in
                [
                    StyledText("  " + change.subject), StyledText(change.moments, .dim),
                    StyledText(Self.short(change.before), .red), StyledText("=>", .dim),
                    StyledText(Self.short(change.after), .green),
                ]
            }
        )
    }

    private static func short(_ lines: [String]?) -> String {
        guard let lines else { return "-" }
        guard let line = lines.first else { return "(nothing)" }
        return line.isEmpty ? "(an empty line)" : line
    }

    /// Long ones below each other.
    private func show(_ change: KernelChange, on page: inout Page) {
        let when = change.when.isEmpty ? "" : StyledText("  " + change.moments, .dim)
        page.line(StyledText("  " + change.subject) + when)
        for line in change.before ?? [] { page.line(StyledText("    -" + Self.indented(line), .red)) }
        for line in change.after ?? [] { page.line(StyledText("    +" + Self.indented(line), .green)) }
    }

    private static func indented(_ line: String) -> String { line.isEmpty ? "" : " " + line }
}

extension KernelChange {
    fileprivate var moments: String { when.map(\.rawValue).joined(separator: " ") }

    /// Whether both answers are a few words, which leaves a table within 100 columns.
    fileprivate var fitsARow: Bool {
        let answers = [before, after].map { $0 ?? [] }
        guard answers.allSatisfy({ $0.count <= 1 }) else { return false }
        // Where only one has lines that the other lacks, an arrow would say that the other has none.
        if before != nil, after != nil, answers.contains([]) { return false }
        return answers.joined().map(\.count).reduce(subject.count + moments.count, +) <= 90
    }
}
