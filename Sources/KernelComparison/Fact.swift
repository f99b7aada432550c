/// Something that a script can see of a kernel: where it is asked, when, and what comes.
public struct Fact: Sendable, Hashable {
    public var topic: Topic
    /// What was asked: a path, a written value, a machine.
    public var subject: String
    /// When it was asked; nil where that makes no difference.
    public var moment: Moment?
    /// What came, line by line.
    public var lines: [String]

    init(_ topic: Topic, _ subject: String, at moment: Moment? = nil, _ lines: [String]) {
        self.topic = topic
        self.subject = subject
        self.moment = moment
        self.lines = lines
    }
}

/// What facts are about, in the order in which people read them.
public enum Topic: String, Sendable, Hashable, CaseIterable, Codable {
    case files, contents, writes, errnos, sizes, messages, vmcore, tools

    /// What the facts of the topic say.
    public var title: String {
        switch self {
        case .files: "which files there are, and their modes"
        case .contents: "what files in /sys/kernel read"
        case .writes: "what a written value does"
        case .errnos: "what other calls answer in /sys"
        case .sizes: "what a machine reserves"
        case .messages: "what the kernel log says"
        case .vmcore: "the dump as a file"
        case .tools: "which programs read the dump"
        }
    }
}

/// When in the life of a dump something is asked.
public enum Moment: String, Sendable, Hashable, CaseIterable, Codable {
    /// Booted with fadump=off.
    case off
    /// Booted with fadump=on, nothing written yet.
    case boot
    case unregistered
    case registered
    /// In the capture kernel, while the dump waits.
    case dump
    /// In the capture kernel, after the dump was released.
    case released
}
