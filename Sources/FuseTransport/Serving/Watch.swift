import Glibc
import Synchronization

/// A thread that looks at the leader of a `ServingLoop` every hundredth of a second while requests come, and sleeps
/// otherwise.
final class Watch: @unchecked Sendable {
    // Unchecked: the thread is set once, before anybody else has this.
    private let pulse: Pulse
    private let onStandstill: @Sendable () -> Void
    private let isOver = Atomic(false)
    private var thread: pthread_t?

    private static let tick: UInt32 = 10_000
    /// Requests in a tick from which on waking up counts.
    private static let many: UInt = 50

    /// Calls `onStandstill` for a leader that has answered one request for all of a tick.
    init(_ pulse: Pulse, onStandstill: @escaping @Sendable () -> Void) {
        self.pulse = pulse
        self.onStandstill = onStandstill
    }

    func start() { thread = JoinedThread.start { [self] in look() } }

    /// Returns when the thread is gone.
    func end() {
        isOver.store(true, ordering: .releasing)
        pulse.wakeWatch()
        if let thread { pthread_join(thread, nil) }
    }

    private func look() {
        var latency = WakeUpLatency()
        var known = pulse.requests
        var quietTicks = 0
        while !isOver.load(ordering: .acquiring) {
            if quietTicks == 10 {
                pulse.sleep(knowing: known)
                quietTicks = 0
            }
            let wasBusy = pulse.isBusy
            usleep(Self.tick)
            let requests = pulse.requests
            let new = requests &- known
            known = requests
            if new == 0, wasBusy, pulse.isBusy { onStandstill() }
            latency.keepLow(new >= Self.many)
            quietTicks = new == 0 ? quietTicks + 1 : 0
        }
    }
}
