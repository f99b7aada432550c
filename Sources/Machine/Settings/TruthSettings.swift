import CrashTruth
import PhysicalMemory
import SyntheticKernel

/// The settings of a machine among the facts of its truth: out of them follows all memory that is made up.
public enum TruthSettings {
    /// The fact that says where the page array is, in hexadecimal.
    static let pageArray = "page-array"

    static func key(_ setting: MachineSetting) -> String { "setting-" + setting.rawValue }

    /// The machine whose truth it is; nil where its settings are none that this program knows.
    static func machine(_ facts: TruthFacts) -> MachineConfiguration? {
        var machine = MachineConfiguration()
        for setting in MachineSetting.allCases {
            guard let text = facts[key(setting)] else { continue }
            guard (try? machine.set(setting, to: text, from: .builtIn)) != nil else { return nil }
        }
        return machine
    }

    /// What makes up memory that a truth only names; nil where its facts do not say enough.
    public static func background(
        _ maker: MadeUpOrigin.Maker,
        _ facts: TruthFacts
    ) -> (any MemoryBackground)? {
        guard let machine = machine(facts) else { return nil }
        switch maker {
        case .fill:
            return machine.fill.map {
                FilledMemory($0, machine.kernelLayout, end: MachineConfiguration.largestMemory)
            }
        case .pageArray:
            guard let plan = PagePlan(pageSize: facts.pageSize, lines: { facts[$0] }),
                let address = facts[pageArray].flatMap({ UInt64($0, radix: 16) })
            else { return nil }
            return KernelMemory.pageArray(machine.kernelLayout, plan, at: address)
        }
    }
}
