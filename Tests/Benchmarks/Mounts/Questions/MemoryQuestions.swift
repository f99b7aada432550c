import Glibc

/// How much memory a daemon holds.
///
/// The machine's RAM is mapped into the daemon; pages of it that were touched count as VmRSS, namely as RssShmem, though
/// they are the machine's. What the daemon has for itself is the rest.
struct MemoryQuestions {
    let moment: String
    let daemon: pid_t
    /// What the ratios are to.
    let other: Double

    private static let reference = Setup.equal + ", idle"

    /// What it consists of goes by other names: only the sum is compared between runs.
    var question: Question {
        Question(
            id: "memory \(moment)",
            unit: "MiB",
            better: .lower,
            reference: Self.reference,
            contenders: [
                .init(name: "fadumpfs own (VmRSS - RssShmem)") { try Self.own(daemon) },
                .init(name: "its RssAnon") { try Self.size("RssAnon", daemon) },
                .init(name: "its RssShmem") { try Self.size("RssShmem", daemon) },
                .init(name: "its VmRSS") { try Self.size("VmRSS", daemon) },
                .init(name: "its VmHWM, the most so far") { try Self.size("VmHWM", daemon) },
                .init(name: Self.reference) { other },
            ]
        )
    }

    static func own(_ pid: pid_t) throws -> Double { try size("VmRSS", pid) - size("RssShmem", pid) }

    /// A line of /proc/PID/status, in MiB.
    static func size(_ name: String, _ pid: pid_t) throws -> Double {
        let path = "/proc/\(pid)/status"
        for line in try SmallFile.text(path).split(separator: "\n") where line.hasPrefix(name + ":") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            if words.count > 1, let size = Double(words[1]) { return size / 1024 }
        }
        throw SystemFailure("\(path) has no \(name)")
    }
}
