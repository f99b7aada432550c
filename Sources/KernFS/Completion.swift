import Synchronization
import SystemPackage

/// An answer that is given exactly once, now or later, from any thread.
///
/// The first answer counts. Dropping a completion without one fails the request with EIO, so that nobody waits
/// for ever.
public final class Completion<Value: Sendable>: Sendable {
    private let body: Mutex<(@Sendable (Result<Value, Errno>) -> Void)?>

    public init(_ body: @escaping @Sendable (Result<Value, Errno>) -> Void) { self.body = Mutex(body) }

    deinit { finish(.failure(.ioError)) }

    /// Answers with a value.
    public func succeed(_ value: Value) { finish(.success(value)) }

    /// Answers with an errno.
    public func fail(_ errno: Errno) { finish(.failure(errno)) }

    /// Answers; every answer but the first is dropped.
    public func finish(_ result: Result<Value, Errno>) {
        let body = self.body.withLock { body in
            defer { body = nil }
            return body
        }
        body?(result)
    }
}
