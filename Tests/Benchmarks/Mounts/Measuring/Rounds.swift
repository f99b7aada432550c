/// Asks questions in rounds: each round asks every contender once, part by part, and another one first.
struct Rounds {
    let count: Int

    /// The answers of all rounds, by question and contender. A first round is not counted: it fills caches and starts
    /// threads.
    func ask(_ questions: [Question]) throws -> [Answer] {
        var samples = questions.map { $0.contenders.map { _ in [Double]() } }
        for round in 0...count {
            for (which, question) in questions.enumerated() {
                let values = try Self.ask(question, firstTurn: round)
                for index in values.indices where round > 0 { samples[which][index].append(values[index]) }
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

    /// What each contender says, all of them in turn at every part: forwards and backwards, so that nobody always comes
    /// after the same one, who may have left the host something to do.
    private static func ask(_ question: Question, firstTurn: Int) throws -> [Double] {
        let many = question.contenders.count
        var parts = question.contenders.map { _ in [Double]() }
        for part in 0..<question.parts {
            for turn in 0..<many {
                let first = firstTurn + part
                let index = (first + (first.isMultiple(of: 2) ? turn : many - turn)) % many
                parts[index].append(try question.contenders[index].measure(part))
            }
        }
        return parts.map(question.whole)
    }

    /// Measured when asked, once.
    static func askOnce(_ questions: [Question]) throws -> [Answer] {
        try questions.flatMap { question in
            try question.contenders.map { contender in
                Answer(
                    question: question,
                    contender: contender.name,
                    series: Series([try contender.measure(0)])
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
