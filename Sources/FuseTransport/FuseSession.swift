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
    let pending: PendingReplies
    let polls = PollHandles()
    /// Where it is mounted; nil where somebody else mounts the descriptor.
    private let mountPoint: String?
    private let logger: Logger
    private let session: OpaquePointer
    private let holder: SessionHolder
    /// Set when the kernel takes such files, before anything is served.
    private(set) var backings: BackingFiles?
    private let server = Mutex<ServingLoop?>(nil)

    /// Checks the mount point and makes a session for it; nothing is mounted yet.
    public init(
        fileSystem: FileSystem,
        mountPoint: String,
        options: MountOptions,
        logger: Logger
    ) throws(MountFailure) {
        try MountPoint.check(mountPoint)
        self.fileSystem = fileSystem
        self.mountPoint = mountPoint
        self.logger = logger
        pending = PendingReplies(processes: "/proc")
        let (session, holder) = try Self.makeSession(options.arguments)
        self.session = session
        self.holder = holder
        holder.session = self
        fileSystem.isCached(by: KernelCache(session))
    }

    /// Makes a session for an open /dev/fuse that another process mounts, before `run()`.
    ///
    /// `processes` is a path to the processes of the mounter's PID namespace, whose numbers requests carry.
    public init(
        fileSystem: FileSystem,
        device: FileDescriptor,
        processes: String,
        logger: Logger
    ) throws(MountFailure) {
        self.fileSystem = fileSystem
        mountPoint = nil
        self.logger = logger
        pending = PendingReplies(processes: processes)
        let (session, holder) = try Self.makeSession(["fadumpfs"])
        self.session = session
        self.holder = holder
        holder.session = self
        fileSystem.isCached(by: KernelCache(session))
        guard fuse_session_mount(session, "/dev/fd/\(device.rawValue)") == 0 else {
            throw .sessionRefused(LibraryLog.lastMessage)
        }
    }

    private static func makeSession(_ words: [String]) throws(MountFailure) -> (OpaquePointer, SessionHolder)
    {
        LibraryLog.install()
        let vector: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        defer { for argument in vector { free(argument) } }
        var pointers = vector + [nil]
        let holder = SessionHolder()
        let session = pointers.withUnsafeMutableBufferPointer { buffer in
            var arguments = fuse_args(argc: Int32(vector.count), argv: buffer.baseAddress, allocated: 0)
            var operations = Operations.table
            return cfuse_session_new(&arguments, &operations, Unmanaged.passRetained(holder).toOpaque())
        }
        guard let session else { throw .sessionRefused(LibraryLog.lastMessage) }
        return (session, holder)
    }

    /// The session that a request came through.
    static func of(_ request: fuse_req_t) -> FuseSession? {
        guard let context = fuse_req_userdata(request) else { return nil }
        return Unmanaged<SessionHolder>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.session }
    }

    /// Mounts, and settles with the kernel what it can do. Requests wait until `run()` serves them.
    ///
    /// Errors: `.mountRefused` with what libfuse said.
    public func mount() throws(MountFailure) {
        guard let mountPoint else { return }
        guard fuse_session_mount(session, mountPoint) == 0 else {
            throw .mountRefused(mountPoint, LibraryLog.lastMessage)
        }
        DeviceHooks.install(on: session)
        begin()
        if case .available = passthrough { backings = BackingFiles(device: fuse_session_fd(session)) }
    }

    /// Serves the first request of the kernel, which is INIT.
    private func begin() {
        var request = fuse_buf()
        defer { free(request.mem) }
        while holder.hooks.taken == nil, fuse_session_exited(session) == 0 {
            let count = fuse_session_receive_buf(session, &request)
            if count > 0 { fuse_session_process_buf(session, &request) } else if count != -EINTR { return }
        }
    }

    /// Whether the kernel can read files of the host for this mount; known once it is mounted.
    public var passthrough: PassthroughSupport {
        guard let taken = holder.hooks.taken else { return .unavailable("nothing is mounted") }
        guard taken.passthrough else {
            return .unavailable("this kernel offers no FUSE passthrough (Linux 6.9 and later do)")
        }
        let file = cfuse_memory_file()
        guard file >= 0 else { return .unavailable("no memory file can be made: \(Errno(rawValue: errno))") }
        defer { close(file) }
        do {
            try BackingFiles(device: fuse_session_fd(session)).probe(file)
            return .available
        } catch Errno.notPermitted {
            return .unavailable("FUSE passthrough needs CAP_SYS_ADMIN")
        } catch {
            return .unavailable("the kernel refuses FUSE passthrough: \(error)")
        }
    }

    /// Serves until SIGTERM, SIGINT, SIGHUP or `stop()`, then unmounts.
    public func run() {
        let signals = TerminationSignals { [self] in stop() }
        serve()
        signals.end()
    }

    /// Serves until `stop()` or until the mount is gone, whatever signals come; then unmounts.
    public func serve() {
        TerminationSignals.prepareWakeUp()
        let answers = holdAnswers()
        holder.answers = answers
        DeviceHooks.replace(on: session)
        let loop = ServingLoop(session, answers)
        server.withLock { $0 = loop }
        let failure = loop.run()
        server.withLock { $0 = nil }
        if let failure { logger.error("serving ended", metadata: ["errno": "\(failure)"]) }
        unmount()
    }

    private func holdAnswers() -> HeldAnswers {
        let device = fuse_session_fd(session)
        return HeldAnswers(
            write: { write(device, $0.baseAddress, $0.count) < 0 ? Errno(rawValue: errno) : nil },
            close: { [fileSystem] in fileSystem.release($0) }
        )
    }

    /// Ends `run()` from any other thread, and returns when it has left its loop.
    public func stop() {
        fuse_session_exit(session)
        // The loop looks at the flag and then sleeps; a wake-up that comes in between is lost, so it is repeated.
        while wakeServer() { usleep(5000) }
    }

    private func wakeServer() -> Bool {
        server.withLock { loop in
            loop?.wake()
            return loop != nil
        }
    }

    /// Takes the mount down without having served anything.
    public func abandon() { unmount() }

    /// Takes the mount down; who still waits for an answer is let go first. The session itself is kept: a late answer
    /// of the machine may still name one of its requests.
    private func unmount() {
        pending.failAll(.operationNotSupportedByDevice)
        if mountPoint != nil { fuse_session_unmount(session) }
    }
}

/// What libfuse carries as user data: made before the session that it will point to.
final class SessionHolder {
    /// Held for ever: a late request of libfuse may still ask for it.
    var session: FuseSession?
    let hooks = DeviceHooks()
    /// Set once, before anything is served.
    var answers: HeldAnswers?
}
