import KernelComparison
import KernelProfile

/// A kernel that can be emulated: what it rests on, and what was seen of it when it ran.
struct KernelView: Encodable {
    /// The text that says what a profile was held against.
    struct Evidence: Encodable {
        /// recorded or read.
        var kind: String
        /// The release of the kernel that was recorded, or what was read.
        var what: String
        /// The byte order of the kernel that was recorded.
        var endian: String?
    }

    struct File: Encodable, Hashable {
        var path: String
        var mode: String
        /// Where a symbolic link points.
        var target: String?
        var when: [Moment]
    }

    struct Tool: Encodable {
        var name: String
        var reads: Bool
        var verdict: String
    }

    var name: String
    var release: String
    var summary: String
    var endiannesses: [String]
    var evidence: Evidence
    var files: [File]
    var tools: [Tool]

    /// Runs the kernel.
    ///
    /// Errors: those of `KernelFacts`.
    init(_ profile: KernelProfile) throws {
        let facts = try KernelFacts(observing: profile)
        name = profile.name
        release = profile.release
        summary = profile.summary
        endiannesses = profile.endiannesses.map(\.rawValue)
        evidence = Evidence(profile.evidence)
        files = facts.files.map { File(path: $0.path, mode: $0.mode, target: $0.target, when: $0.when) }
        tools = facts.tools.map {
            Tool(name: $0.tool.name, reads: $0.verdict == .reads, verdict: $0.verdict.description)
        }
    }
}

extension KernelView.Evidence {
    init(_ evidence: KernelEvidence) {
        switch evidence {
        case .recorded(let version, let endianness):
            self.init(kind: "recorded", what: version, endian: endianness.rawValue)
        case .read(let sources): self.init(kind: "read", what: sources)
        }
    }

    /// In a few words, for a table.
    var short: String { endian.map { "\(kind) \(what), \($0)-endian" } ?? "texts that were \(kind)" }
}
