import Synchronization

import SystemPackage

/// A text of lines that grows, and that readers can follow.
///
/// With a limit it stays bounded however long a machine lives: where it grew beyond, the older half is dropped, whole
/// lines at a time, and the text begins with the oldest line that is left.
public final class ByteLog: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        /// Counts how often the beginning changed.
        var edition: UInt64 = 0
        var observers: [UInt64: @Sendable () -> Void] = [:]
        var lastObserver: UInt64 = 0
    }

    private let state = Mutex(State())

    private let limit: Int

    /// `limit` is in bytes.
    public init(limit: Int = .max) { self.limit = limit }

    public var count: Int { state.withLock { $0.bytes.count } }

    /// Adds to the end and wakes followers.
    public func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        change { [limit] state in
            state.bytes += bytes
            guard state.bytes.count > limit else { return }
            let newline = state.bytes[(state.bytes.count - limit / 2)...].firstIndex(of: UInt8(ascii: "\n"))
            guard let newline else { return }
            state.bytes.removeFirst(newline + 1)
            state.edition += 1
        }
    }

    /// Begins anew with another text.
    public func replace(_ bytes: [UInt8]) {
        change { $0.bytes = bytes }
    }

    /// Up to `count` bytes from `offset` on; none at or behind the end. `edition` is that of the text they are from.
    func read(at offset: UInt64, count: Int) -> (bytes: [UInt8], edition: UInt64) {
        state.withLock { state in
            guard offset < UInt64(state.bytes.count), count > 0 else { return ([], state.edition) }
            let start = Int(offset)
            return (Array(state.bytes[start..<min(state.bytes.count, start + count)]), state.edition)
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

    private func change(_ body: (inout State) -> Void) {
        let observers = state.withLock { state in
            body(&state)
            return Array(state.observers.values)
        }
        for observer in observers { observer() }
    }
}
