import Glibc

/// SIGTERM, SIGINT and SIGHUP as a call, in a thread of their own.
///
/// Whoever started this program may have blocked them, and a shell lets what it puts into the background ignore SIGINT;
/// here they have a meaning all the same.
final class TerminationSignals {
    /// Interrupts a sleeping thread and does nothing else.
    static let wakeUp = SIGUSR1

    private let thread: pthread_t?
    private static let ends = [SIGTERM, SIGINT, SIGHUP]

    /// Calls `body` at the first of them. Made in the main thread before others exist that could take the signals.
    init(_ body: @escaping @Sendable () -> Void) {
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        var set = Self.set
        pthread_sigmask(SIG_BLOCK, &set, nil)

        thread = JoinedThread.start {
            var set = TerminationSignals.set
            var number: Int32 = 0
            sigwait(&set, &number)
            body()
        }
    }

    /// Lets the wake-up interrupt this thread and those that it makes.
    static func prepareWakeUp() {
        var silent = sigaction()
        silent.__sigaction_handler.sa_handler = { _ in }
        sigaction(wakeUp, &silent, nil)
        var awake = sigset_t()
        sigemptyset(&awake)
        sigaddset(&awake, wakeUp)
        pthread_sigmask(SIG_UNBLOCK, &awake, nil)
    }

    /// Ends the thread, which may have had nothing to do.
    func end() {
        guard let thread else { return }
        pthread_kill(thread, SIGTERM)
        pthread_join(thread, nil)
    }

    private static var set: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in ends { sigaddset(&set, number) }
        return set
    }
}
