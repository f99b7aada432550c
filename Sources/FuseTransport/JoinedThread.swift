import Glibc

/// Threads whose end somebody waits for.
enum JoinedThread {
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
