import Glibc
import Synchronization
import SystemPackage

/// Small answers for several clients that are kept until no request is left, and then given one after the other.
///
/// Every answer wakes its client, for which the kernel often interrupts another one that is about to ask: a message from
/// CPU to CPU, which in a virtual machine takes both longer than the request did. Given together, that happens less often.
///
/// One thread at a time holds its answers; those of all others are written at once.
final class HeldAnswers: @unchecked Sendable {
    // Unchecked: the memory is used under the lock.

    /// As many are held; then they are given.
    static let most = 8
    /// Bytes of one that is held, its header included.
    static let largest = 512
    /// Answers begin with `struct fuse_out_header`, whose last eight bytes name the request; the body of one to an open, with
    /// the number of the open file.
    private static let header = 16

    private struct Held {
        var size: Int
        var opens: Bool
    }

    private let memory = UnsafeMutableRawPointer.allocate(byteCount: most * largest, alignment: 8)
    private let held = Mutex<[Held]>([])
    /// The thread whose answers are held; 0 for none.
    private let holder = Atomic<pthread_t>(0)
    private let opens = Atomic(false)
    private let write: @Sendable (UnsafeRawBufferPointer) -> Errno?
    private let close: @Sendable (UInt64) -> Void

    /// `write` gives one answer to the device; `close` closes an open file whose opener is gone.
    init(
        write: @escaping @Sendable (UnsafeRawBufferPointer) -> Errno?,
        close: @escaping @Sendable (UInt64) -> Void
    ) {
        self.write = write
        self.close = close
    }

    deinit { memory.deallocate() }

    /// From here on the answers of the calling thread are held; `opens` where it answers an open.
    func begin(opens: Bool) {
        self.opens.store(opens, ordering: .relaxed)
        holder.store(pthread_self(), ordering: .relaxed)
    }

    /// And no longer; those that are held stay so.
    func end() { holder.store(0, ordering: .relaxed) }

    /// Holds the answer that is made of `pieces`, where it is one of those; its size then.
    ///
    /// What answers no request is for the kernel itself, which is to know it at once.
    func hold(_ pieces: UnsafeBufferPointer<iovec>) -> Int? {
        guard holder.load(ordering: .relaxed) == pthread_self() else { return nil }
        guard let first = pieces.first, let header = first.iov_base, first.iov_len == Self.header,
            header.loadUnaligned(fromByteOffset: 8, as: UInt64.self) != 0
        else { return nil }
        let size = pieces.size
        guard size <= Self.largest else { return nil }
        held.withLock { held in
            pieces.gather(at: memory + held.count * Self.largest)
            held.append(Held(size: size, opens: opens.load(ordering: .relaxed)))
            if held.count == Self.most { give(&held) }
        }
        return size
    }

    /// Gives what is held. False where that is nothing.
    @discardableResult
    func give() -> Bool {
        held.withLock { held in
            defer { give(&held) }
            return !held.isEmpty
        }
    }

    private func give(_ held: inout [Held]) {
        for (number, answer) in held.enumerated() {
            let bytes = UnsafeRawBufferPointer(start: memory + number * Self.largest, count: answer.size)
            let isRefused = write(bytes) == .noSuchFileOrDirectory
            guard isRefused, answer.opens, answer.size >= Self.header + 8 else { continue }
            close(bytes.loadUnaligned(fromByteOffset: Self.header, as: UInt64.self))
        }
        held.removeAll(keepingCapacity: true)
    }
}
