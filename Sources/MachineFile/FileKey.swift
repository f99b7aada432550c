import Machine

/// A key that a machine file can have.
public enum FileKey: Sendable, Hashable, CaseIterable {
    case machine(MachineSetting)
    case mount(MountSetting)

    public static let allCases =
        MachineSetting.allCases.map(Self.machine) + MountSetting.allCases.map(Self.mount)

    public init?(_ name: String) {
        if let setting = MachineSetting(rawValue: name) {
            self = .machine(setting)
        } else if let setting = MountSetting(rawValue: name) {
            self = .mount(setting)
        } else {
            return nil
        }
    }

    public var name: String {
        switch self {
        case .machine(let setting): setting.rawValue
        case .mount(let setting): setting.rawValue
        }
    }

    public var kind: SettingKind {
        switch self {
        case .machine(let setting): setting.kind
        case .mount(let setting): setting.kind
        }
    }

    public var summary: String {
        switch self {
        case .machine(let setting): setting.summary
        case .mount(let setting): setting.summary
        }
    }

    /// The value that holds; nil where nothing is said.
    public func text(_ machine: MachineConfiguration, _ mount: MountSettings) -> String? {
        switch self {
        case .machine(let setting): machine.text(of: setting)
        case .mount(let setting): mount.text(of: setting)
        }
    }

    /// Where the value comes from.
    public func origin(_ machine: MachineConfiguration, _ mount: MountSettings) -> SettingOrigin {
        switch self {
        case .machine(let setting): machine.origin(of: setting)
        case .mount(let setting): mount.origins[setting] ?? .builtIn
        }
    }
}
