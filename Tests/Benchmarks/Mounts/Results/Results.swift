import FoundationEssentials

/// What a run found, as it is kept in JSON.
struct Results: Codable {
    struct Row: Codable {
        let question: String
        let contender: String
        let unit: String
        let better: Question.Better
        let rounds: Int
        let median: Double
        let lowerQuartile: Double
        let upperQuartile: Double
        /// The contender that the ratio is to, the ratio of the medians, and the quartiles of the rounds' ratios.
        let reference: String
        let ratio: Double?
        let ratioLowerQuartile: Double?
        let ratioUpperQuartile: Double?
        let aim: String?
        let met: Bool?
    }

    var format = 1
    let rounds: Int
    var rows: [Row]
    /// What could not be measured, and why.
    var notes: [String]

    init(_ answers: [Answer], rounds: Int, notes: [String]) {
        self.rounds = rounds
        self.notes = notes
        var references: [String: Series] = [:]
        for answer in answers where answer.contender == answer.question.reference {
            references[answer.question.id] = answer.series
        }
        rows = answers.map { Row($0, references[$0.question.id]) }
    }

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: URL(filePath: path))
    }

    static func read(_ path: String) throws -> Results {
        try JSONDecoder().decode(Results.self, from: Data(contentsOf: URL(filePath: path)))
    }
}

extension Results.Row {
    init(_ answer: Answer, _ reference: Series?) {
        let series = answer.series
        let ratio = reference.map { series.median / $0.median }
        let ratios = reference.map(series.divided)
        let aim = Aim.of(answer)
        self.init(
            question: answer.question.id,
            contender: answer.contender,
            unit: answer.question.unit,
            better: answer.question.better,
            rounds: series.count,
            median: series.median,
            lowerQuartile: series.lowerQuartile,
            upperQuartile: series.upperQuartile,
            reference: answer.question.reference,
            ratio: ratio,
            ratioLowerQuartile: ratios?.lowerQuartile,
            ratioUpperQuartile: ratios?.upperQuartile,
            aim: aim?.text(unit: answer.question.unit),
            met: aim?.isMet(median: series.median, ratio: ratio ?? .nan)
        )
    }
}
