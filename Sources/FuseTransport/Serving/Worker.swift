import Glibc
import Synchronization

/// A thread that serves, and how the others reach it.
final class Worker: @unchecked Sendable {
    // Unchecked: the thread is set once, before another asks for it.
    let number: Int
    private let calls = Alarm()
    private var thread: pthread_t
    private let isDone = Atomic(false)

    /// The calling thread, until `start`.
    init(number: Int) {
        self.number = number
        thread = pthread_self()
    }

    /// Runs `body` in a thread of its own. False where there can be none.
    func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let made = JoinedThread.start { [self] in
            body()
            isDone.store(true, ordering: .releasing)
        }
        guard let made else { return false }
        thread = made
        return true
    }

    /// Returns when somebody has called since the last time.
    func waitForCall() { calls.sleep() }

    func call() { calls.ring() }

    /// Ends whatever it sleeps in. One that is just about to sleep in the device misses this: it bears repeating.
    func wake() {
        call()
        if !isDone.load(ordering: .acquiring) { pthread_kill(thread, TerminationSignals.wakeUp) }
    }

    /// Waits for the end of a thread that was started, whose session has exited.
    func dismiss() {
        while !isDone.load(ordering: .acquiring) {
            wake()
            usleep(1000)
        }
        pthread_join(thread, nil)
    }
}
