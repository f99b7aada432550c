import KernelProfile

/// A kernel as scripts see it, found out by running it: nothing in here was typed.
///
/// Machines of 2 GiB with two CPUs are booted in process, without any mount; it takes a moment and leaves nothing.
public struct KernelFacts: Sendable {
    public let kernel: KernelProfile
    public let facts: [Fact]
    /// What each program makes of the dump.
    public let tools: [(tool: DumpTool, verdict: DumpTool.Verdict)]

    /// Boots machines with this kernel and asks them.
    ///
    /// Errors: `Errno` of the memory behind a machine, or of a file that does not answer.
    public init(observing kernel: KernelProfile) throws {
        self.kernel = kernel
        var observer = KernelObserver(kernel: kernel)
        try observer.observeFiles()
        try observer.observeWrites()
        try observer.observeSizes()
        try observer.observeMessages()
        try observer.observeDump()
        facts = observer.facts
        tools = observer.tools
    }

    /// The facts about one topic.
    public func facts(about topic: Topic) -> [Fact] { facts.filter { $0.topic == topic } }
}

/// Collects facts about one kernel; each file of this room adds what it finds out.
struct KernelObserver {
    let kernel: KernelProfile
    var facts: [Fact] = []
    var tools: [(tool: DumpTool, verdict: DumpTool.Verdict)] = []

    mutating func add(_ topic: Topic, _ subject: String, at moment: Moment? = nil, _ lines: String...) {
        facts.append(Fact(topic, subject, at: moment, lines))
    }

    mutating func add(_ topic: Topic, _ subject: String, at moment: Moment? = nil, _ lines: [String]) {
        facts.append(Fact(topic, subject, at: moment, lines))
    }
}
