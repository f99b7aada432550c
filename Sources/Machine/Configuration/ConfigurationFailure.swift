/// Why a machine cannot be built as asked: the option, what was given, and what would do.
public struct ConfigurationFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public var option: String
    public var given: String
    public var problem: String

    public init(option: String, given: String, problem: String) {
        self.option = option
        self.given = given
        self.problem = problem
    }

    public var description: String { "--\(option) \(given): \(problem)" }
}
