import Glibc
import Synchronization

/// The device that requests come from, and whether who reads it waits for one.
final class RequestDevice: Sendable {
    let descriptor: Int32
    private let flags: Int32
    private let isWaitedFor = Atomic(true)

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        flags = fcntl(descriptor, F_GETFL)
    }

    /// Lets reading sleep until there is a request, or fail with EAGAIN where there is none; for all threads.
    func letReadersWait(_ isWanted: Bool) {
        guard isWaitedFor.exchange(isWanted, ordering: .acquiringAndReleasing) != isWanted else { return }
        _ = fcntl(descriptor, F_SETFL, isWanted ? flags & ~O_NONBLOCK : flags | O_NONBLOCK)
    }

    /// Sleeps until there is a request, or a signal comes.
    func sleep() {
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&poller, 1, -1)
    }
}
