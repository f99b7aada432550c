import Glibc

/// Runs a daemon in this process until it is told to end.
///
/// SIGTERM, SIGINT and SIGHUP unmount and end it; the exit is clean.
public enum Foreground {
    /// Call first, before any thread exists.
    public static func prepare() { TerminationSignals.block() }

    public static func run(_ daemon: MachineDaemon) {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(daemon)
        pthread_create(
            &thread, nil,
            { argument in
                if let argument {
                    let daemon = Unmanaged<MachineDaemon>.fromOpaque(argument).takeRetainedValue()
                    _ = TerminationSignals.wait()
                    daemon.stop()
                }
                return nil
            }, context.toOpaque())
        pthread_detach(thread)
        daemon.run()
    }
}
