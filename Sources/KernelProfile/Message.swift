/// One line of the kernel's log with its level: 0 emergency to 7 debug.
public struct Message: Sendable, Hashable {
    /// The levels of syslog, most urgent first.
    public enum Level: UInt8, Sendable, Hashable {
        case emergency, alert, critical, error, warning, notice, info, debug
    }

    public var level: Level
    public var text: String

    public init(_ level: Level, _ text: String) {
        self.level = level
        self.text = text
    }
}
