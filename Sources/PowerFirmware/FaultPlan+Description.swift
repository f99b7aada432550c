extension FaultPlan: CustomStringConvertible {
    /// The plan as it is written: the rules of calls in their order, then those of sections.
    public var description: String {
        let damages = Section.allCases.compactMap { section in
            sections[section].map { "\(section.rawValue)=\($0.text)" }
        }
        return (calls.map(\.text) + damages + (failsWhole ? ["dump=error"] : [])).joined(separator: ",")
    }
}

extension FaultPlan.CallRule {
    fileprivate var text: String {
        let from = first > 1 ? "@\(first)" : ""
        return "\(call.rawValue)=\(status.rawValue)\(from)" + (times.map { "*\($0)" } ?? "")
    }
}

extension FaultPlan.SectionFault {
    fileprivate var text: String {
        switch self {
        case .flags(let flags): "0x" + String(flags.rawValue, radix: 16)
        case .short(let bytes): "short:0x" + String(bytes, radix: 16)
        case .empty: "empty"
        case .corrupt: "corrupt"
        }
    }
}
