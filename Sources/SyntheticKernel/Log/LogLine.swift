/// A message of the kernel on its way into memory.
public struct LogLine: Sendable, Hashable {
    /// 0 to 7.
    public var level: UInt8
    /// Microseconds since the boot.
    public var time: UInt64
    public var text: String

    public init(level: UInt8, time: UInt64, text: String) {
        self.level = level
        self.time = time
        self.text = text
    }
}

/// A log of the kernel as it grows in memory.
protocol MemoryLog: Sendable {
    /// What an empty log is, at boot.
    mutating func start() -> [MemoryPatch]
    /// Appends lines; what changes in memory, in the order in which it is written.
    mutating func append(_ lines: [LogLine]) -> [MemoryPatch]
}

/// Bytes for a place in memory.
struct MemoryPatch: Sendable, Hashable {
    var address: UInt64
    var bytes: [UInt8]
}
