/// What is different in another kernel.
public struct KernelChange: Sendable, Hashable, Encodable {
    public var topic: Topic
    public var subject: String
    /// When; empty where that makes no difference.
    public var when: [Moment]
    /// What the one kernel answers, without the lines that both have; nil where there is nothing to ask.
    public var before: [String]?
    /// What the other one answers.
    public var after: [String]?
}

extension KernelFacts {
    /// What is different in `other`, topic by topic. Equal changes at several moments are one.
    public func changes(to other: KernelFacts) -> [KernelChange] {
        Topic.allCases.flatMap { topic in
            Self.merged(
                Self.pairs(facts(about: topic), other.facts(about: topic)).compactMap { old, new in
                    guard let fact = old ?? new, old?.lines != new?.lines else { return nil }
                    let (before, after) = Self.withoutCommonLines(old?.lines, new?.lines)
                    return KernelChange(
                        topic: topic,
                        subject: fact.subject,
                        when: fact.moment.map { [$0] } ?? [],
                        before: before,
                        after: after
                    )
                }
            )
        }
    }

    private struct Question: Hashable {
        var subject: String
        var moment: Moment?

        init(_ fact: Fact) {
            subject = fact.subject
            moment = fact.moment
        }
    }

    /// The answers of both to each question; first in the order of the one, then what only the other was asked.
    private static func pairs(_ old: [Fact], _ new: [Fact]) -> [(Fact?, Fact?)] {
        let answers = Dictionary(new.map { (Question($0), $0) }) { first, _ in first }
        let asked = Set(old.map(Question.init))
        return old.map { ($0, answers[Question($0)]) }
            + new.filter { !asked.contains(Question($0)) }.map { (nil, $0) }
    }

    /// Where both say a line, it is no difference, unless it moved.
    private static func withoutCommonLines(_ old: [String]?, _ new: [String]?) -> ([String]?, [String]?) {
        guard let old, let new else { return (old, new) }
        var (before, after) = ([String](), [String]())
        for step in new.difference(from: old) {
            switch step {
            case .remove(_, let line, _): before.append(line)
            case .insert(_, let line, _): after.append(line)
            }
        }
        // Removals come from the end.
        return (before.reversed(), after)
    }

    private static func merged(_ changes: [KernelChange]) -> [KernelChange] {
        var merged: [KernelChange] = []
        for change in changes {
            let same = merged.firstIndex {
                $0.subject == change.subject && $0.before == change.before && $0.after == change.after
            }
            if let same { merged[same].when += change.when } else { merged.append(change) }
        }
        // Paths by name; everything else in the order in which it was asked.
        return merged.first?.topic == .files ? merged.sorted { $0.subject < $1.subject } : merged
    }
}
