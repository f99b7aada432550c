import KernelProfile

/// The kernel's log of one boot: every line with its level and the time since the boot.
public struct KernelLog: Sendable {
    /// A line of the log.
    public struct Record: Sendable, Hashable {
        public var message: Message
        /// Microseconds since the boot.
        public var time: UInt64

        /// The line as the kernel's ring buffer shows it raw: `<6>[    0.000000] text`.
        public var line: String {
            let seconds = String(time / 1_000_000)
            let fraction = String(time % 1_000_000)
            let padded =
                String(repeating: " ", count: max(0, 5 - seconds.count)) + seconds + "."
                + String(repeating: "0", count: 6 - fraction.count) + fraction
            return "<\(message.level.rawValue)>[\(padded)] \(message.text)"
        }
    }

    public private(set) var records: [Record] = []

    mutating func print(_ message: Message, at time: UInt64) {
        records.append(Record(message: message, time: time))
    }
}
