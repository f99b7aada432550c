/// What fadumpfs is to reach. All aims stand here and nowhere else.
struct Aim {
    enum Measure {
        /// Of the ratio to the question's reference.
        case ratioAtMost(Double)
        case ratioAtLeast(Double)
        /// Of the median itself, in the question's unit.
        case below(Double)
    }

    /// Questions and contenders whose names begin so.
    let question: String
    let contender: String
    let measure: Measure

    static let all = [
        Aim(question: "attribute open+read+close", contender: "fadumpfs", measure: .ratioAtMost(1)),
        Aim(question: "attribute open+write+close", contender: "fadumpfs", measure: .ratioAtMost(1)),
        Aim(question: "vmcore sequential 1 MiB", contender: "fadumpfs", measure: .ratioAtLeast(0.5)),
        Aim(question: "vmcore two readers 1 MiB", contender: "fadumpfs", measure: .ratioAtLeast(0.5)),
        Aim(question: "crash to capture-ready", contender: "fadumpfs", measure: .below(10)),
        Aim(question: "memory", contender: "fadumpfs own", measure: .below(32)),
    ]

    static func of(_ answer: Answer) -> Aim? {
        all.first { answer.question.id.hasPrefix($0.question) && answer.contender.hasPrefix($0.contender) }
    }

    func isMet(median: Double, ratio: Double) -> Bool {
        switch measure {
        case .ratioAtMost(let limit): ratio <= limit
        case .ratioAtLeast(let limit): ratio >= limit
        case .below(let limit): median < limit
        }
    }

    func text(unit: String) -> String {
        switch measure {
        case .ratioAtMost(let limit): "ratio <= \(limit)"
        case .ratioAtLeast(let limit): "ratio >= \(limit)"
        case .below(let limit): "< \(limit) \(unit)"
        }
    }
}
