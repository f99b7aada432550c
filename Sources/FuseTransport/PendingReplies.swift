import CFuse
import Glibc
import Synchronization
import SystemPackage

/// The replies that are given later: writes that wait for the machine.
///
/// A waiting process that is killed interrupts its request, and the request is answered EINTR at once: nothing
/// would ever let the process go otherwise.
final class PendingReplies: Sendable {
    private struct State {
        /// Requests as numbers, because their pointers are not Sendable.
        var requests: [UInt64: UInt] = [:]
        var last: UInt64 = 0
    }

    private let state = Mutex(State())

    func add(_ request: fuse_req_t) -> UInt64 {
        state.withLock { state in
            state.last += 1
            state.requests[state.last] = UInt(bitPattern: request)
            return state.last
        }
    }

    /// Lets an interrupt answer the request. Called once the request can be answered from anywhere.
    func allowInterrupt(_ number: UInt64) {
        guard let request = state.withLock({ $0.requests[number] }) else { return }
        fuse_req_interrupt_func(
            OpaquePointer(bitPattern: request),
            { request, data in
                guard let request, let session = FuseSession.of(request) else { return }
                session.pending.finish(UInt64(UInt(bitPattern: data)), .failure(.interrupted))
            }, UnsafeMutableRawPointer(bitPattern: UInt(number)))
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
