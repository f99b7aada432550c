/// What firmware answers, or does to a dump, instead of its work: so that every failure can be provoked.
///
/// Written as rules separated by commas. `CALL=STATUS` answers every call with the status; `@N` begins with the
/// Nth call and `*TIMES` ends after so many: `register=-2*3` is busy three times, `register=-3@2` fails the second
/// call only. `SECTION=FAULT` damages a section of every dump: error flags in hexadecimal, `short:BYTES`, `empty`,
/// and for the CPU section `corrupt`. `dump=error` sets the error flag of the dump as a whole.
public struct FaultPlan: Sendable, Hashable {
    /// The calls that can be made to fail.
    public enum Call: String, Sendable, Hashable, CaseIterable {
        case register
        case unregister
        case invalidate
        case osTerm = "os-term"
    }

    /// The sections of a dump that can be damaged.
    public enum Section: String, Sendable, Hashable, CaseIterable {
        case cpu = "cpu-section"
        case hpte = "hpte-section"
        case dump = "dump-section"
    }

    /// Calls number `first` to `first + times - 1` of a kind answer `status`.
    struct CallRule: Sendable, Hashable {
        var call: Call
        var status: RTASStatus
        var first: Int
        var times: Int?

        func holds(for number: Int) -> Bool {
            number >= first && (times.map { number - first < $0 } ?? true)
        }
    }

    /// The sections of a dump that can be damaged.
    public enum SectionFault: Sendable, Hashable {
        case flags(SectionErrorFlags)
        case short(by: UInt64)
        case empty
        case corrupt
    }

    var calls: [CallRule] = []
    private(set) var sections: [Section: SectionFault] = [:]
    private(set) var failsWhole = false
    /// How often each call was made.
    private var made: [Call: Int] = [:]

    public init() {}

    /// Why a plan cannot be read.
    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        public var description: String
    }

    public init(parsing text: String) throws(Failure) {
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw Failure(description: "'\(word)' is no rule; write CALL=STATUS or SECTION=FAULT")
            }
            if let call = Call(rawValue: parts[0]) {
                calls.append(try Self.callRule(call, parts[1]))
            } else if let section = Section(rawValue: parts[0]) {
                sections[section] = try Self.sectionFault(section, parts[1])
            } else if parts[0] == "dump", parts[1] == "error" {
                failsWhole = true
            } else {
                let known = Call.allCases.map(\.rawValue) + Section.allCases.map(\.rawValue) + ["dump=error"]
                throw Failure(
                    description:
                        "'\(parts[0])' is nothing that can fail; there are: \(known.joined(separator: ", "))"
                )
            }
        }
    }

    private static func callRule(_ call: Call, _ text: String) throws(Failure) -> CallRule {
        var rest = text[...]
        func tail(behind mark: Character) throws(Failure) -> Int? {
            guard let at = rest.lastIndex(of: mark) else { return nil }
            guard let number = Int(rest[rest.index(after: at)...]), number > 0 else {
                throw Failure(description: "'\(text)': behind '\(mark)' comes a number from 1 on")
            }
            rest = rest[..<at]
            return number
        }
        let times = try tail(behind: "*")
        let first = try tail(behind: "@")
        guard let status = Int32(rest), status != 0 else {
            throw Failure(description: "'\(text)': a status is a number such as -1, -2, -3, -9, -10 or 9902")
        }
        // One call alone is meant where it is named without a count.
        return CallRule(
            call: call,
            status: RTASStatus(rawValue: status),
            first: first ?? 1,
            times: times ?? (first == nil ? nil : 1)
        )
    }

    private static func sectionFault(_ section: Section, _ text: String) throws(Failure) -> SectionFault {
        func number(_ text: Substring) -> UInt64? {
            text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
        }
        if text == "empty" { return .empty }
        if text == "corrupt", section == .cpu { return .corrupt }
        if text.hasPrefix("short:"), let bytes = number(text.dropFirst(6)) { return .short(by: bytes) }
        if let flags = number(text[...]), let bits = UInt16(exactly: flags), bits != 0 {
            return .flags(SectionErrorFlags(rawValue: bits))
        }
        throw Failure(description: "'\(text)' is no fault of a section; write 0x1000, short:BYTES or empty")
    }

    /// Counts a call and tells what it has to answer; nil lets it work.
    mutating func answer(to call: Call) -> RTASStatus? {
        let number = made[call, default: 0] + 1
        made[call] = number
        return calls.first { $0.call == call && $0.holds(for: number) }?.status
    }
}
