import CFuse
import Glibc
import KernFS
import Logging
import Synchronization
import SystemPackage

/// A tree mounted through libfuse's low-level API.
///
/// `run()` serves with several threads; what is mounted is unmounted when it returns.
public final class FuseSession: @unchecked Sendable {
    // Unchecked: the session pointer is set once, before any other thread exists, and libfuse locks its own state.
    let fileSystem: FileSystem
    let pending = PendingReplies()
    let polls = PollHandles()
    private let mountPoint: String
    private let logger: Logger
    private let session: OpaquePointer
    private let server = Mutex<pthread_t?>(nil)

    /// Threads that serve requests. As many may idle: a thread that ends and is made anew costs more than a request.
    private static let threads: UInt32 = 8

    /// Checks the mount point and makes a session for it; nothing is mounted yet.
    public init(
        fileSystem: FileSystem,
        mountPoint: String,
        options: MountOptions,
        logger: Logger
    ) throws(MountFailure) {
        try MountPoint.check(mountPoint)
        LibraryLog.install()
        self.fileSystem = fileSystem
        self.mountPoint = mountPoint
        self.logger = logger
        let vector: [UnsafeMutablePointer<CChar>?] = options.arguments.map { strdup($0) }
        defer { for argument in vector { free(argument) } }
        var pointers = vector + [nil]
        let made = pointers.withUnsafeMutableBufferPointer { buffer in
            var arguments = fuse_args(argc: Int32(vector.count), argv: buffer.baseAddress, allocated: 0)
            var operations = Operations.table
            let holder = SessionHolder()
            let context = Unmanaged.passRetained(holder).toOpaque()
            return (cfuse_session_new(&arguments, &operations, context), holder)
        }
        guard let session = made.0 else { throw .sessionRefused(LibraryLog.lastMessage) }
        self.session = session
        made.1.session = self
    }

    /// The session that a request came through.
    static func of(_ request: fuse_req_t) -> FuseSession? {
        guard let context = fuse_req_userdata(request) else { return nil }
        return Unmanaged<SessionHolder>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.session }
    }

    /// Mounts. Requests wait until `run()` serves them. Errors: `.mountRefused` with what libfuse said.
    public func mount() throws(MountFailure) {
        guard fuse_session_mount(session, mountPoint) == 0 else {
            throw .mountRefused(mountPoint, LibraryLog.lastMessage)
        }
    }

    /// Serves until SIGTERM, SIGINT, SIGHUP or `stop()`, then unmounts.
    public func run() {
        server.withLock { $0 = pthread_self() }
        let signals = TerminationSignals { [weak self] in self?.stop() }
        let configuration = fuse_loop_cfg_create()
        fuse_loop_cfg_set_max_threads(configuration, Self.threads)
        fuse_loop_cfg_set_idle_threads(configuration, Self.threads)
        fuse_loop_cfg_set_clone_fd(configuration, 0)
        let result = fuse_session_loop_mt(session, configuration)
        fuse_loop_cfg_destroy(configuration)
        server.withLock { $0 = nil }
        if result < 0 { logger.error("serving ended", metadata: ["errno": "\(Errno(rawValue: -result))"]) }
        unmount()
        signals.end()
    }

    /// Ends `run()` from any other thread, and returns when it has left its loop.
    public func stop() {
        fuse_session_exit(session)
        // The loop looks at the flag and then sleeps; a wake-up that comes in between is lost, so it is repeated.
        while wakeServer() { usleep(5000) }
    }

    private func wakeServer() -> Bool {
        server.withLock { thread in
            guard let thread else { return false }
            pthread_kill(thread, TerminationSignals.wakeUp)
            return true
        }
    }

    /// Takes the mount down; who still waits for an answer is let go first. The session itself is kept: a late answer
    /// of the machine may still name one of its requests.
    private func unmount() {
        pending.failAll(.operationNotSupportedByDevice)
        fuse_session_unmount(session)
    }
}

/// What libfuse carries as user data: made before the session that it will point to.
final class SessionHolder {
    weak var session: FuseSession?
}
