/// Asks questions in rounds: each round asks every contender once, and another one first.
struct Rounds {
    let count: Int

    /// The answers of all rounds, by question and contender. A first round is not counted: it fills caches and starts
    /// threads.
    func ask(_ questions: [Question]) throws -> [Answer] {
        var samples = questions.map { $0.contenders.map { _ in [Double]() } }
        for round in 0...count {
            for (which, question) in questions.enumerated() {
                let many = question.contenders.count
                for turn in 0..<many {
                    let index = (turn + round) % many
                    let value = try question.contenders[index].measure()
                    if round > 0 { samples[which][index].append(value) }
                }
            }
            Output.progress("round \(round) of \(count)")
        }
        Output.progress("")
        return zip(questions, samples).flatMap { question, samples in
            zip(question.contenders, samples).map { contender, samples in
                Answer(question: question, contender: contender.name, series: Series(samples))
            }
        }
    }

    /// Measured when asked, once.
    static func askOnce(_ questions: [Question]) throws -> [Answer] {
        try questions.flatMap { question in
            try question.contenders.map { contender in
                Answer(
                    question: question,
                    contender: contender.name,
                    series: Series([try contender.measure()])
                )
            }
        }
    }

}

struct Answer {
    let question: Question
    let contender: String
    let series: Series
}
