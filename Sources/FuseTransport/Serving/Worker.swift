import Glibc
import Synchronization

/// A thread that serves, and how the others reach it.
final class Worker: @unchecked Sendable {
    // Unchecked: the semaphore is made for several threads; the thread is set once, before another asks for it.
    let number: Int
    private let calls: UnsafeMutablePointer<sem_t>
    private var thread: pthread_t
    private let isDone = Atomic(false)

    /// The calling thread, until `start`.
    init(number: Int) {
        self.number = number
        thread = pthread_self()
        calls = .allocate(capacity: 1)
        sem_init(calls, 0, 0)
    }

    deinit {
        sem_destroy(calls)
        calls.deallocate()
    }

    /// Runs `body` in a thread of its own. False where there can be none.
    func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let made = ServingThread.start { [self] in
            body()
            isDone.store(true, ordering: .releasing)
        }
        guard let made else { return false }
        thread = made
        return true
    }

    /// Returns when somebody has called since the last time.
    func waitForCall() { while sem_wait(calls) != 0 {} }

    func call() { sem_post(calls) }

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

/// Threads as the system has them.
enum ServingThread {
    /// Starts a thread, which is to be joined; nil where the host has none left.
    static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
        final class Body: Sendable {
            let call: @Sendable () -> Void
            init(_ call: @escaping @Sendable () -> Void) { self.call = call }
        }
        var thread = pthread_t()
        let retained = Unmanaged.passRetained(Body(body))
        let failure = pthread_create(
            &thread,
            nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Body>.fromOpaque(context).takeRetainedValue().call()
                return nil
            },
            retained.toOpaque()
        )
        guard failure == 0 else {
            retained.release()
            return nil
        }
        return thread
    }
}
