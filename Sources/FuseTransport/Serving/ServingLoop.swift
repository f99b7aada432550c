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
///
/// While several clients ask for little, and come as fast as they are answered, the leader holds its answers until no
/// request is left.
final class ServingLoop: @unchecked Sendable {
    // Unchecked: libfuse locks the state of its session.
    private let session: OpaquePointer
    private let device: RequestDevice
    private let answers: HeldAnswers
    private let first: Worker
    private let crew: Crew
    private let pulse = Pulse()
    private let failure = Mutex<Errno?>(nil)

    /// Reads of more bytes are worth waking another thread for.
    private static let small: UInt32 = 4096

    /// The calling thread is the first to serve.
    init(_ session: OpaquePointer, _ answers: HeldAnswers) {
        self.session = session
        self.answers = answers
        device = RequestDevice(fuse_session_fd(session))
        first = Worker(number: 0)
        crew = Crew(first)
    }

    /// Serves until the session has exited or its mount is gone. Returns when no thread of the loop is left: why it had
    /// to end, or nil.
    func run() -> Errno? {
        let watch = Watch(pulse) { [self] in appoint() }
        watch.start()
        work(first)
        for worker in crew.workers.dropFirst() { worker.dismiss() }
        watch.end()
        return failure.withLock { $0 }
    }

    /// Interrupts whoever sleeps in the device or waits for work, so that it looks whether the session has exited.
    func wake() { for worker in crew.workers { worker.wake() } }

    /// What one worker does, from its first day to its last.
    private func work(_ worker: Worker) {
        var request = fuse_buf()
        defer { free(request.mem) }
        var clients = RecentClients()
        var lookout = Lookout(device)
        // As long as there is much to copy for several clients.
        var copies = false
        // Answers may be held that this worker made.
        var holds = false
        while fuse_session_exited(session) == 0 {
            if holds, !crew.leads(worker) { give(&holds) }
            guard copies || crew.leads(worker) else {
                crew.rest(worker)
                continue
            }
            let count = receive(worker, &request, &lookout, &holds)
            if count == -EINTR { continue }
            guard count > 0 else {
                if count < 0 { failure.withLock { $0 = Errno(rawValue: -count) } }
                break
            }
            let head = RequestHead(request)
            if let head { clients.note(head.client) }
            copies = (head?.readSize ?? 0) > Self.small && !clients.isOneAlone
            if crew.leads(worker) {
                pulse.begin()
                if copies { appoint() }
            }
            let isQuick = head?.isShort(upTo: Self.small) ?? false
            if isQuick, lookout.isWorthIt, !clients.isOneAlone, crew.leads(worker) {
                holds = true
                answers.begin(opens: head?.isOpen ?? false)
            } else if holds {
                give(&holds)
            }
            fuse_session_process_buf(session, &request)
            if holds { answers.end() }
            if crew.leads(worker) { pulse.end() }
        }
        give(&holds)
        // Who leaves first takes the others along.
        fuse_session_exit(session)
        wake()
    }

    /// Gives the answers that are held. False where that is none.
    @discardableResult
    private func give(_ holds: inout Bool) -> Bool {
        defer { holds = false }
        return holds && answers.give()
    }

    /// Takes a request from the device, as the leader or beside it.
    private func receive(
        _ worker: Worker,
        _ request: inout fuse_buf,
        _ lookout: inout Lookout,
        _ holds: inout Bool
    ) -> Int32 {
        if crew.leads(worker) {
            return lookout.receive({ fuse_session_receive_buf(session, &request) }, none: { give(&holds) })
        }
        return crew.besideLeader(worker) {
            let count = fuse_session_receive_buf(session, &request)
            guard count == -EAGAIN else { return count }
            device.sleep()
            return -EINTR
        }
    }

    /// Makes another worker the leader.
    private func appoint() {
        pulse.end()
        crew.appoint { next in fuse_session_exited(session) == 0 && next.start { [self] in work(next) } }
        // Whoever led so far and holds one more answer sees afterwards that it leads no longer, and gives it itself.
        answers.give()
    }
}
