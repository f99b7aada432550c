import Glibc
import Synchronization

/// Many at a time, a thread each, however many CPUs there are.
enum Clients {
    /// Calls `body` with each number below `count`, all at once; throws what one of them threw.
    static func together(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
        let failure = Mutex<(any Error)?>(nil)
        let threads = (0..<count).map { number in
            let work = Work {
                do { try body(number) } catch { failure.withLock { $0 = error } }
            }
            var thread = pthread_t()
            let context = Unmanaged.passRetained(work).toOpaque()
            pthread_create(&thread, nil, { Work.run($0) }, context)
            return thread
        }
        for thread in threads { pthread_join(thread, nil) }
        if let error = failure.withLock({ $0 }) { throw error }
    }

    private final class Work: Sendable {
        private let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }

        static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
            guard let context else { return nil }
            Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
            return nil
        }
    }
}
