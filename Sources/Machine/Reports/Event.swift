/// Something that happened to the machine, for its event log.
///
/// One line of JSON each: `{"boot":1,"details":{},"event":"bootloader-launched","sequence":7,"time":"..."}`.
public struct Event: Codable, Sendable, Hashable {
    /// Counts from 1 and never repeats.
    public var sequence: UInt64
    /// Microseconds of machine time since the machine was built.
    public var time: UInt64
    /// The boot in which it happened; 0 while power is off.
    public var boot: UInt64
    /// What happened, in words joined by hyphens.
    public var event: String
    public var details: [String: String]

    public init(sequence: UInt64, time: UInt64, boot: UInt64, event: String, details: [String: String]) {
        self.sequence = sequence
        self.time = time
        self.boot = boot
        self.event = event
        self.details = details
    }
}
