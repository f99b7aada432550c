/// An earlier run against this one. Only ratios are compared: they were measured side by side, while absolute figures
/// follow whatever else the host was doing.
///
/// A ratio that is worse beyond the tolerance counts where it stands out of the noise too: where the middle halves of
/// the two runs' rounds do not overlap.
struct Comparison {
    struct Change {
        let question: String
        let contender: String
        let before: Double
        let now: Double
        /// How much worse, as a part of what it was; negative where better.
        let worse: Double
        let isDistinct: Bool
    }

    let changes: [Change]
    let tolerance: Double

    init(_ before: Results, _ now: Results, tolerance: Double) {
        self.tolerance = tolerance
        changes = now.rows.compactMap { row in
            guard row.contender.hasPrefix("fadumpfs"), let ratio = row.ratio else { return nil }
            let old = before.rows.first { $0.question == row.question && $0.contender == row.contender }
            guard let old, old.reference == row.reference, let earlier = old.ratio, earlier > 0, ratio > 0
            else {
                return nil
            }
            return Change(
                question: row.question,
                contender: row.contender,
                before: earlier,
                now: ratio,
                worse: (row.better == .lower ? ratio / earlier : earlier / ratio) - 1,
                isDistinct: !Self.overlap(old, row)
            )
        }
    }

    private static func overlap(_ one: Results.Row, _ other: Results.Row) -> Bool {
        guard let from = one.ratioLowerQuartile, let upTo = one.ratioUpperQuartile,
            let otherFrom = other.ratioLowerQuartile, let otherUpTo = other.ratioUpperQuartile
        else { return false }
        return from <= otherUpTo && otherFrom <= upTo
    }

    private func isRegression(_ change: Change) -> Bool { change.worse > tolerance && change.isDistinct }

    var regressions: [Change] { changes.filter(isRegression) }

    var text: String {
        var table = Table(["question", "contender", "before", "now", "worse by", "", ""])
        for change in changes {
            let mark =
                isRegression(change) ? "REGRESSION" : change.worse > tolerance ? "within the noise" : ""
            let percent = "\(Int((change.worse * 100).rounded())) %"
            table.add([
                change.question, change.contender, digits(change.before), digits(change.now), percent, "",
                mark,
            ])
        }
        return table.text
    }
}
