import KernelProfile
import Machine
import PowerFirmware

extension SettingKind {
    /// A value of a file as an option would have it: "2G" and 2147483648 are the same size, a list of ranges is
    /// one range map, a table of faults is one fault plan. Nil where it is nothing of this kind.
    func text(of value: WrittenValue) -> String? {
        switch (self, value) {
        case (.text, .text(let text)), (.choice, .text(let text)), (.size, .text(let text)),
            (.number, .text(let text)), (.ranges, .text(let text)), (.faults, .text(let text)),
            (.build, .text(let text)):
            text
        case (.size, .number(let number)), (.number, .number(let number)): String(number)
        case (.flag, .flag(let flag)): String(flag)
        case (.ranges, .list(let items)), (.faults, .list(let items)), (.build, .list(let items)):
            joined(items)
        case (.faults, .table(let rules)), (.build, .table(let rules)): plan(rules)
        default: nil
        }
    }

    /// What is wrong with one rule of a table; nil where it is good.
    func problem(with rule: String) -> String? {
        do {
            switch self {
            case .faults: _ = try FaultPlan(parsing: rule)
            case .build: _ = try KernelBuild(parsing: rule)
            default: break
            }
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func joined(_ items: [WrittenValue]) -> String? {
        let texts = items.compactMap { item in
            if case .text(let text) = item { return text }
            return nil
        }
        return texts.count == items.count ? texts.joined(separator: ",") : nil
    }

    /// `{ register = -1, cpu-section = "corrupt" }`; several rules for one call are a list.
    private func plan(_ rules: [String: WrittenValue]) -> String? {
        var words: [String] = []
        for (name, value) in rules.sorted(by: { $0.key < $1.key }) {
            switch value {
            case .text(let text): words.append("\(name)=\(text)")
            case .number(let number): words.append("\(name)=\(number)")
            case .list(let items):
                for item in items {
                    switch item {
                    case .text(let text): words.append("\(name)=\(text)")
                    case .number(let number): words.append("\(name)=\(number)")
                    default: return nil
                    }
                }
            default: return nil
            }
        }
        return words.joined(separator: ",")
    }
}
