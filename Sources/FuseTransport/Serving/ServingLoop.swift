import CFuse
import Glibc
import Synchronization
import SystemPackage

/// Serves the requests of a session: one thread, the leader, takes them from the device and answers them itself.
///
/// Most of the time that a request costs its client goes into waking a thread on another CPU, so that threads do not take
/// turns: all but the leader sleep where no request wakes them. Another one becomes leader when
/// - there are several clients and one wants many bytes: they are copied while the new leader goes on;
/// - a request has kept the leader for a tick of the `Watch`: whatever a handler waits for, others are served.
final class ServingLoop: @unchecked Sendable {
    // Unchecked: libfuse locks the state of its session.
    private let session: OpaquePointer

    /// As many threads may serve, the caller of `run()` among them.
    private static let most = 8
    /// Reads of more bytes are worth waking another thread for.
    private static let small: UInt32 = 4096

    private struct Crew {
        var workers: [Worker] = []
        /// Who has nothing to do; the last one, whose caches are warmest, is called first.
        var idle: [Worker] = []
    }

    private let crew = Mutex(Crew())
    /// The number of the worker that takes requests; `nobody` while all are busy.
    private let leader = Atomic(0)
    private static let nobody = -1
    private let pulse = Pulse()
    private let failure = Mutex<Errno?>(nil)

    init(_ session: OpaquePointer) { self.session = session }

    /// Serves until the session has exited or its mount is gone. Returns when no thread of the loop is left: why it had
    /// to end, or nil.
    func run() -> Errno? {
        let watch = Watch(pulse) { [self] in appoint() }
        watch.start()
        let first = Worker(number: 0)
        crew.withLock { $0.workers.append(first) }
        work(first)
        for worker in crew.withLock({ $0.workers.dropFirst() }) { worker.dismiss() }
        watch.end()
        return failure.withLock { $0 }
    }

    /// Interrupts whoever sleeps in the device or waits for work, so that it looks whether the session has exited.
    func wake() { for worker in crew.withLock({ $0.workers }) { worker.wake() } }

    /// What one worker does, from its first day to its last.
    private func work(_ worker: Worker) {
        var request = fuse_buf()
        defer { free(request.mem) }
        var clients = RecentClients()
        while fuse_session_exited(session) == 0 {
            guard leader.load(ordering: .acquiring) == worker.number else {
                rest(worker)
                continue
            }
            let count = fuse_session_receive_buf(session, &request)
            if count == -EINTR { continue }
            guard count > 0 else {
                if count < 0 { failure.withLock { $0 = Errno(rawValue: -count) } }
                break
            }
            pulse.begin()
            if let head = RequestHead(request) {
                clients.note(head.client)
                if head.readSize > Self.small, !clients.isOneAlone { appoint() }
            }
            fuse_session_process_buf(session, &request)
            if leader.load(ordering: .relaxed) == worker.number { pulse.end() }
        }
        // Who leaves first takes the others along.
        fuse_session_exit(session)
        wake()
    }

    /// Makes another worker the leader; where all are busy, whoever is done first becomes it.
    private func appoint() {
        crew.withLock { crew in
            pulse.end()
            if let next = crew.idle.popLast() {
                leader.store(next.number, ordering: .releasing)
                next.call()
            } else if crew.workers.count < Self.most, fuse_session_exited(session) == 0 {
                let next = Worker(number: crew.workers.count)
                crew.workers.append(next)
                leader.store(next.number, ordering: .releasing)
                next.start { [self] in work(next) }
            } else {
                leader.store(Self.nobody, ordering: .releasing)
            }
        }
    }

    /// Waits until `worker` is called, unless nobody leads: then it leads at once.
    private func rest(_ worker: Worker) {
        let waits = crew.withLock { crew in
            guard leader.load(ordering: .relaxed) != Self.nobody else {
                leader.store(worker.number, ordering: .releasing)
                return false
            }
            crew.idle.append(worker)
            return true
        }
        if waits { worker.waitForCall() }
    }
}
