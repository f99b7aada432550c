import Glibc

/// What a thread sleeps on until another one rings. A ring that comes before the sleep ends it at once.
final class Alarm: @unchecked Sendable {
    // Unchecked: a semaphore is made for several threads.
    private let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        semaphore = .allocate(capacity: 1)
        sem_init(semaphore, 0, 0)
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func ring() { sem_post(semaphore) }

    /// Returns when it has rung since the last time; signals do not end it.
    func sleep() { while sem_wait(semaphore) != 0 {} }
}
