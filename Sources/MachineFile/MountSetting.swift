import Machine

/// What a machine file can say about the mount, beside the machine: the other options of `fadumpfs mount`.
public enum MountSetting: String, Sendable, Hashable, CaseIterable {
    case mountPoint = "mount-point"
    case foreground
    case allowOther = "allow-other"
    case logLevel = "log-level"

    /// How much a daemon can be asked to say.
    public static let logLevels = ["trace", "debug", "info", "notice", "warning", "error"]

    public var kind: SettingKind {
        switch self {
        case .mountPoint: .text
        case .foreground, .allowOther: .flag
        case .logLevel: .choice(Self.logLevels)
        }
    }

    public var summary: String {
        switch self {
        case .mountPoint: "An empty directory, where the machine's files are mounted."
        case .foreground: "Stay in the foreground and log to stderr; end with SIGTERM or SIGINT."
        case .allowOther: "Let other users in, as far as the files' modes allow."
        case .logLevel: "How much the daemon says on stderr."
        }
    }
}

/// How a machine's files are mounted.
public struct MountSettings: Sendable, Hashable {
    public var mountPoint: String?
    public var foreground = false
    public var allowOther = false
    public var logLevel = "notice"
    /// Where the settings come from; one that is missing has its default.
    public var origins: [MountSetting: SettingOrigin] = [:]

    public init(mountPoint: String? = nil) { self.mountPoint = mountPoint }

    /// The value of a setting; nil where nothing is said.
    public func text(of setting: MountSetting) -> String? {
        switch setting {
        case .mountPoint: mountPoint
        case .foreground: String(foreground)
        case .allowOther: String(allowOther)
        case .logLevel: logLevel
        }
    }

    /// The origins of all settings that say something, by name.
    public var originTexts: [String: String] {
        let said = MountSetting.allCases.filter { text(of: $0) != nil }
        return Dictionary(
            uniqueKeysWithValues: said.map { ($0.rawValue, (origins[$0] ?? .builtIn).description) }
        )
    }

    /// Takes a value that `kind` allows; false where it does not.
    public mutating func set(_ setting: MountSetting, to text: String, from origin: SettingOrigin) -> Bool {
        switch setting {
        case .mountPoint: mountPoint = text
        case .foreground:
            guard let flag = Bool(text) else { return false }
            foreground = flag
        case .allowOther:
            guard let flag = Bool(text) else { return false }
            allowOther = flag
        case .logLevel:
            guard MountSetting.logLevels.contains(text) else { return false }
            logLevel = text
        }
        origins[setting] = origin
        return true
    }
}
