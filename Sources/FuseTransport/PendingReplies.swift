import CFuse
import Dispatch
import Glibc
import Synchronization
import SystemPackage

/// The replies that are given later: writes that wait for the machine.
///
/// A waiting process that gets a signal interrupts its request. As in the kernel's own files only a fatal signal ends
/// the wait: the request is answered EINTR then, because nothing else would ever let the process go.
final class PendingReplies: Sendable {
    private struct State {
        /// Requests as numbers, because their pointers are not Sendable.
        var requests: [UInt64: UInt] = [:]
        var last: UInt64 = 0
    }

    private let state = Mutex(State())
    /// Where the processes of the requests are found: those of the mount's own PID namespace.
    private let processes: String
    private let watch = DispatchQueue(label: "fadumpfs.interrupts")

    init(processes: String) { self.processes = processes }

    func add(_ request: fuse_req_t) -> UInt64 {
        state.withLock { state in
            state.last += 1
            state.requests[state.last] = UInt(bitPattern: request)
            return state.last
        }
    }

    /// Lets an interrupt answer the request. Called before anything else could answer it.
    func allowInterrupt(_ number: UInt64) {
        guard let request = state.withLock({ $0.requests[number] }) else { return }
        fuse_req_interrupt_func(
            OpaquePointer(bitPattern: request),
            { request, data in
                guard let request, let session = FuseSession.of(request) else { return }
                let caller = fuse_req_ctx(request)?.pointee.pid ?? 0
                session.pending.interrupted(UInt64(UInt(bitPattern: data)), caller)
            },
            UnsafeMutableRawPointer(bitPattern: UInt(number))
        )
    }

    /// The caller got a signal. Where that is not fatal the caller waits on, but may still be killed later, which the
    /// kernel does not tell a second time.
    private func interrupted(_ number: UInt64, _ caller: pid_t) {
        watch.async { [self] in
            guard state.withLock({ $0.requests[number] != nil }) else { return }
            if DyingProcess.isDying(caller, in: processes) {
                finish(number, .failure(.interrupted))
            } else {
                watch.asyncAfter(deadline: .now() + .milliseconds(100)) { self.interrupted(number, caller) }
            }
        }
    }

    /// Answers; the second answer to a request does nothing.
    func finish(_ number: UInt64, _ result: Result<Int, Errno>) {
        let pointer = state.withLock { $0.requests.removeValue(forKey: number) }
        guard let pointer, let request = OpaquePointer(bitPattern: pointer) else { return }
        let reply = Reply(request)
        switch result {
        case .success(let count): reply.wrote(count)
        case .failure(let errno): reply.fail(errno)
        }
    }

    /// Answers everything that still waits.
    func failAll(_ errno: Errno) {
        for number in state.withLock({ Array($0.requests.keys) }) { finish(number, .failure(errno)) }
    }
}
