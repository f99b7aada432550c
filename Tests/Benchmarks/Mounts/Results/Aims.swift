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

    private static let passthrough = "fadumpfs, passthrough"
    private static let direct = "fadumpfs, direct"

    static let all = [
        // 1.7 times as fast.
        Aim(question: "attribute open", contender: "fadumpfs", measure: .ratioAtMost(0.588)),
        Aim(question: "attribute against sysfs", contender: "fadumpfs", measure: .ratioAtMost(7)),
        Aim(question: "attribute clients", contender: "four clients", measure: .ratioAtLeast(1)),
        Aim(question: "poll wake-up", contender: "fadumpfs", measure: .below(300)),
        Aim(question: "vmcore sequential", contender: passthrough, measure: .ratioAtLeast(0.9)),
        Aim(question: "vmcore two readers", contender: passthrough, measure: .ratioAtLeast(0.9)),
        Aim(question: "vmcore mmap", contender: passthrough, measure: .ratioAtLeast(0.9)),
        // Times: the reciprocal of 0.85 and of 0.9 of the speed.
        Aim(question: "vmcore random 4 KiB", contender: passthrough, measure: .ratioAtMost(1.18)),
        Aim(question: "vmcore random 64 KiB", contender: passthrough, measure: .ratioAtMost(1.11)),
        Aim(question: "vmcore sequential 1 MiB", contender: direct, measure: .ratioAtLeast(0.5)),
        Aim(question: "vmcore two readers 1 MiB", contender: direct, measure: .ratioAtLeast(0.5)),
        // Again the reciprocal, of 0.95.
        Aim(question: "makedumpfile", contender: passthrough, measure: .ratioAtMost(1.053)),
        // However large memory is; every CPU costs its registers.
        Aim(question: "crash to capture-ready", contender: "fadumpfs 2 GiB", measure: .below(5)),
        Aim(question: "crash to capture-ready", contender: "fadumpfs 1 TiB", measure: .below(5)),
        Aim(question: "crash to capture-ready", contender: "fadumpfs 64 TiB", measure: .below(5)),
        Aim(question: "start to mounted", contender: "fadumpfs", measure: .below(15)),
        Aim(question: "memory idle", contender: "fadumpfs own", measure: .below(16)),
        // Eight threads serve, and each holds a MiB that it takes and one that it makes up at most.
        Aim(question: "memory after", contender: "fadumpfs own", measure: .below(32)),
        Aim(question: "memory after 64 clients", contender: "its VmHWM", measure: .below(32)),
        Aim(question: "memory of 100 machines", contender: "fadumpfs together", measure: .below(1024)),
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
