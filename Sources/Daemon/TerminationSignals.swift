import Glibc

/// SIGTERM, SIGINT and SIGHUP as an event: blocked in every thread, and waited for in one.
enum TerminationSignals {
    /// Call before the first thread is made, so that all threads inherit the mask.
    static func block() {
        var set = mask
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
    }

    /// Waits until one of them arrives, or until `pthread_kill` is used to wake the waiting thread.
    static func wait() -> Int32 {
        var set = mask
        var number: Int32 = 0
        sigwait(&set, &number)
        return number
    }

    private static var mask: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, number) }
        return set
    }
}
