import Synchronization

/// What the leader of a `ServingLoop` leaves behind for whoever watches it; as cheap as two writes to memory.
final class Pulse: Sendable {
    private let taken = Atomic<UInt>(0)
    private let busy = Atomic(false)
    private let watched = Atomic(false)
    private let alarm = Alarm()

    /// Requests that were taken from the device so far, going round at the end of the numbers.
    var requests: UInt { taken.load(ordering: .sequentiallyConsistent) }

    /// The leader answers a request.
    var isBusy: Bool { busy.load(ordering: .acquiring) }

    /// A request was taken. Whoever watches wakes up.
    func begin() {
        busy.store(true, ordering: .releasing)
        taken.wrappingAdd(1, ordering: .sequentiallyConsistent)
        if !watched.load(ordering: .sequentiallyConsistent) { wakeWatch() }
    }

    /// It is answered, or another leader takes requests from here on.
    func end() { busy.store(false, ordering: .releasing) }

    func wakeWatch() {
        watched.store(true, ordering: .sequentiallyConsistent)
        alarm.ring()
    }

    /// Sleeps until the next request; not at all where there were more than `known`.
    func sleep(knowing known: UInt) {
        watched.store(false, ordering: .sequentiallyConsistent)
        if requests != known {
            watched.store(true, ordering: .sequentiallyConsistent)
        } else {
            alarm.sleep()
        }
    }
}
