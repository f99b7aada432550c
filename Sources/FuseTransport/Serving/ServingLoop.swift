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
///
/// Whoever copied sleeps in the device beside the leader, and needs no call to lead next: a client that wakes it makes room
/// for it on its own CPU, which the caller, in the middle of a copy, does not.
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
        /// The numbers of those who sleep in the device beside the leader.
        var besideLeader: [Int] = []
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
        var lookout = Lookout(fuse_session_fd(session))
        // As long as there is much to copy for several clients.
        var copies = false
        while fuse_session_exited(session) == 0 {
            guard copies || leads(worker) else {
                rest(worker)
                continue
            }
            if leads(worker) { lookout.look() }
            let count = receive(worker, &request)
            if count == -EINTR { continue }
            guard count > 0 else {
                if count < 0 { failure.withLock { $0 = Errno(rawValue: -count) } }
                break
            }
            let head = RequestHead(request)
            if let head { clients.note(head.client) }
            copies = (head?.readSize ?? 0) > Self.small && !clients.isOneAlone
            if leads(worker) {
                pulse.begin()
                if copies { appoint() }
            }
            fuse_session_process_buf(session, &request)
            if leads(worker) { pulse.end() }
        }
        // Who leaves first takes the others along.
        fuse_session_exit(session)
        wake()
    }

    private func leads(_ worker: Worker) -> Bool { leader.load(ordering: .acquiring) == worker.number }

    /// Takes a request from the device, as the leader or beside it. Who is made leader meanwhile leads when this returns.
    private func receive(_ worker: Worker, _ request: inout fuse_buf) -> Int32 {
        if leads(worker) { return fuse_session_receive_buf(session, &request) }
        crew.withLock { crew in
            if leader.load(ordering: .relaxed) == Self.nobody {
                leader.store(worker.number, ordering: .releasing)
            } else {
                crew.besideLeader.append(worker.number)
            }
        }
        defer { crew.withLock { $0.besideLeader.removeAll { $0 == worker.number } } }
        return fuse_session_receive_buf(session, &request)
    }

    /// Makes another worker the leader; where all are busy, whoever is done first becomes it.
    private func appoint() {
        crew.withLock { crew in
            pulse.end()
            if let next = crew.besideLeader.popLast() {
                leader.store(next, ordering: .releasing)
            } else if let next = crew.idle.popLast() {
                leader.store(next.number, ordering: .releasing)
                next.call()
            } else if crew.workers.count < Self.most, fuse_session_exited(session) == 0 {
                hire(&crew)
            } else {
                leader.store(Self.nobody, ordering: .releasing)
            }
        }
    }

    /// Makes a new worker the leader; nobody where the host has no more threads.
    private func hire(_ crew: inout Crew) {
        let next = Worker(number: crew.workers.count)
        leader.store(next.number, ordering: .releasing)
        if next.start({ [self] in work(next) }) {
            crew.workers.append(next)
        } else {
            leader.store(Self.nobody, ordering: .releasing)
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
