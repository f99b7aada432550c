/// Why a machine cannot be built as asked: the setting, what was given, what is wrong with it, and what may be meant.
public struct ConfigurationFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public var setting: MachineSetting
    public var given: String
    public var problem: String
    /// A value that may be meant.
    public var suggestion: String?

    public init(setting: MachineSetting, given: String, problem: String, suggestion: String? = nil) {
        self.setting = setting
        self.given = given
        self.problem = problem
        self.suggestion = suggestion
    }

    /// As an option of the command line: `--kernel linux-34: there are: ...; did you mean 'linux-3.4'?`
    public var description: String {
        "--\(setting.rawValue) \(quoted): \(problem)" + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
    }

    private var quoted: String { given.isEmpty || given.contains(" ") ? "'\(given)'" : given }
}
