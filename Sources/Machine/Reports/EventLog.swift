/// The latest events of a machine.
struct EventLog: Sendable {
    private(set) var events: [Event] = []
    private var count: UInt64 = 0

    /// Where there are more, the older half is forgotten.
    private static let limit = 4096

    mutating func append(_ event: String, _ details: [String: String], boot: UInt64, time: UInt64) -> Event {
        if events.count >= Self.limit { events.removeFirst(Self.limit / 2) }
        count += 1
        let entry = Event(
            sequence: count,
            time: time,
            boot: boot,
            event: event,
            details: details
        )
        events.append(entry)
        return entry
    }
}
