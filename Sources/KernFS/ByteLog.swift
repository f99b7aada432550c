import Synchronization

/// A text that grows, and that readers can follow.
public final class ByteLog: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var observers: [UInt64: @Sendable () -> Void] = [:]
        var lastObserver: UInt64 = 0
    }

    private let state = Mutex(State())

    public init() {}

    public var count: Int { state.withLock { $0.bytes.count } }

    /// Adds to the end and wakes followers.
    public func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        change { $0 += bytes }
    }

    /// Begins anew with another text.
    public func replace(_ bytes: [UInt8]) {
        change { $0 = bytes }
    }

    /// Up to `count` bytes from `offset` on; none at or behind the end.
    public func read(at offset: UInt64, count: Int) -> [UInt8] {
        state.withLock { state in
            guard offset < UInt64(state.bytes.count), count > 0 else { return [] }
            let start = Int(offset)
            return Array(state.bytes[start..<min(state.bytes.count, start + count)])
        }
    }

    /// Calls `body` after every change, until the returned number is given to `stopObserving`.
    func observe(_ body: @escaping @Sendable () -> Void) -> UInt64 {
        state.withLock { state in
            state.lastObserver += 1
            state.observers[state.lastObserver] = body
            return state.lastObserver
        }
    }

    func stopObserving(_ number: UInt64) {
        state.withLock { state in _ = state.observers.removeValue(forKey: number) }
    }

    private func change(_ body: (inout [UInt8]) -> Void) {
        let observers = state.withLock { state in
            body(&state.bytes)
            return Array(state.observers.values)
        }
        for observer in observers { observer() }
    }
}
