/// The events of a machine, as JSON lines.
struct EventLog: Sendable {
    private(set) var events: [Event] = []

    mutating func append(_ event: String, _ details: [String: String], boot: UInt64, time: UInt64) -> Event {
        let entry = Event(
            sequence: UInt64(events.count) + 1,
            time: time,
            boot: boot,
            event: event,
            details: details
        )
        events.append(entry)
        return entry
    }
}
