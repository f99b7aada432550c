extension FaultPlan {
    /// The answer of an OPAL call: those of RTAS by name, with OPAL's numbers.
    mutating func opalAnswer(to call: Call) -> OPALStatus? {
        answer(to: call).map { OPALStatus(rawValue: Int64($0.rawValue)) }
    }

    /// The first rule that says nothing on a bare machine: OPAL saves no HPTEs, and keeps no error flags.
    public var ruleUnknownToOPAL: String? {
        if failsWhole { return "dump=error" }
        for section in Section.allCases {
            switch (section, sections[section]) {
            case (_, nil), (.cpu, .short), (.cpu, .empty), (.cpu, .corrupt): continue
            default: return section.rawValue
            }
        }
        return nil
    }
}
