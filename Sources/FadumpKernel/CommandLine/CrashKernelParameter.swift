import KernelProfile

/// `crashkernel=SIZE[@OFFSET]` or `crashkernel=RANGE:SIZE[,RANGE:SIZE...][@OFFSET]`.
///
/// The last "crashkernel=" of the command line counts. Sizes in bytes; `size` is what the range that holds
/// this machine's memory asks for.
/// Source: `parse_crashkernel_simple`, `parse_crashkernel_mem` (Linux 3.4, kernel/kexec.c).
struct CrashKernelParameter: Sendable, Hashable {
    var size: UInt64
    var offset: UInt64?

    struct Malformed: Error {
        var message: Message
    }

    /// Nil where the command line has none, or where no range holds `memory` bytes.
    init?(_ commandLine: String, memory: UInt64, _ rules: ParameterRules) throws(Malformed) {
        guard let word = Self.last(in: commandLine, rules) else { return nil }
        var parser = SizeParser(word)
        size = 0
        if word.contains(":") {
            size = try Self.rangeSize(&parser, memory: memory, rules)
            if size == 0, rules.tellsOfEmptyCrashKernel {
                throw Malformed(message: Message(.info, "crashkernel size resulted in zero bytes"))
            }
        } else {
            let before = parser.remainder.count
            size = parser.size(rules.sizeSuffixes)
            if parser.remainder.count == before { throw Self.expected("memory value") }
        }
        if size == 0 || (rules.refusesCrashKernelOfAllMemory && size >= memory) { return nil }
        if parser.skip("@") {
            offset = parser.size(rules.sizeSuffixes)
        } else if let rest = parser.remainder.first {
            throw Malformed(message: Message(.warning, "crashkernel: unrecognized char: \(rest)"))
        }
    }

    /// The value of the last parameter that is meant.
    private static func last(in commandLine: String, _ rules: ParameterRules) -> Substring? {
        var found: Substring?
        var rest = commandLine.text(behind: "crashkernel=")
        while let value = rest {
            let word = value.prefix { !$0.isWhitespace }
            let isOther = word.hasSuffix(",high") || word.hasSuffix(",low")
            if !isOther || !rules.passesOverCrashKernelSuffixes { found = word }
            rest = String(value).text(behind: "crashkernel=").map { Substring(String($0)) }
        }
        return found
    }

    /// Reads `start-[end]:size` entries up to their end and returns the size of the one that holds `memory`.
    private static func rangeSize(
        _ parser: inout SizeParser,
        memory: UInt64,
        _ rules: ParameterRules
    ) throws(Malformed) -> UInt64 {
        var found: UInt64 = 0
        repeat {
            let start = parser.size(rules.sizeSuffixes)
            guard parser.skip("-") else { throw expected("'-'") }
            var end = UInt64.max
            if parser.remainder.first != ":" {
                end = parser.size(rules.sizeSuffixes)
                if end <= start {
                    throw Malformed(message: Message(.warning, "crashkernel: end <= start"))
                }
            }
            guard parser.skip(":") else { throw expected("':'") }
            let size = parser.size(rules.sizeSuffixes)
            if size >= memory {
                throw Malformed(message: Message(.warning, "crashkernel: invalid size"))
            }
            if found == 0, memory >= start, memory < end { found = size }
        } while parser.skip(",")
        return found
    }

    private static func expected(_ what: String) -> Malformed {
        Malformed(message: Message(.warning, "crashkernel: \(what) expected"))
    }
}
