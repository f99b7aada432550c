import CFuse
import Glibc
import Synchronization

/// Stands between libfuse and the device: takes up what the kernel offers while a session begins, and libfuse does not know;
/// and lets answers be held afterwards.
final class DeviceHooks: Sendable {
    private enum Stage {
        case beforeOffer
        case offered(InitOffer)
        case begun(InitOffer)
    }

    private let stage = Mutex(Stage.beforeOffer)

    /// What was offered and taken; nil before the session has begun.
    var taken: InitOffer? {
        stage.withLock { if case .begun(let offer) = $0 { offer } else { nil } }
    }

    /// Puts the hooks between `session`, which is mounted, and its device.
    static func install(on session: OpaquePointer) {
        var hooks = fuse_custom_io()
        hooks.read = { device, buffer, count, context in
            let got = Glibc.read(device, buffer, count)
            if got > 0, let buffer, let hooks = DeviceHooks.of(context) { hooks.received(buffer, got) }
            return got
        }
        hooks.writev = { device, vectors, count, context in
            if count > 1, let vectors, let hooks = DeviceHooks.of(context) { hooks.answering(vectors[1]) }
            return Glibc.writev(device, vectors, count)
        }
        _ = cfuse_session_custom_io(session, &hooks, fuse_session_fd(session))
    }

    /// Takes them out of the way again, before anything else is served: from here on answers may be held.
    static func replace(on session: OpaquePointer) {
        var hooks = fuse_custom_io()
        hooks.read = { device, buffer, count, _ in Glibc.read(device, buffer, count) }
        hooks.writev = { device, vectors, count, context in
            let pieces = UnsafeBufferPointer(start: vectors, count: Int(count))
            let held = context.flatMap { context in
                let holder = Unmanaged<SessionHolder>.fromOpaque(context)
                return holder._withUnsafeGuaranteedRef { $0.answers?.hold(pieces) }
            }
            return held ?? DeviceHooks.write(pieces, to: device)
        }
        _ = cfuse_session_custom_io(session, &hooks, fuse_session_fd(session))
    }

    /// In one piece where it is small: the kernel takes every piece's page by itself.
    private static func write(_ pieces: UnsafeBufferPointer<iovec>, to device: Int32) -> Int {
        let size = pieces.size
        guard pieces.count > 1, size <= HeldAnswers.largest else {
            return writev(device, pieces.baseAddress, Int32(pieces.count))
        }
        return withUnsafeTemporaryAllocation(byteCount: HeldAnswers.largest, alignment: 8) { answer in
            if let place = answer.baseAddress { pieces.gather(at: place) }
            return Glibc.write(device, answer.baseAddress, size)
        }
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> DeviceHooks? {
        context.map { Unmanaged<SessionHolder>.fromOpaque($0)._withUnsafeGuaranteedRef { $0.hooks } }
    }

    private func received(_ buffer: UnsafeMutableRawPointer, _ count: Int) {
        let words = UnsafeBufferPointer(
            start: UnsafePointer(buffer.assumingMemoryBound(to: UInt32.self)),
            count: count / 4
        )
        guard let offer = InitOffer(request: words) else { return }
        stage.withLock { if case .beforeOffer = $0 { $0 = .offered(offer) } }
    }

    /// The first answer that has a body is that to INIT.
    private func answering(_ body: iovec) {
        stage.withLock { stage in
            guard case .offered(let offer) = stage, let base = body.iov_base else { return }
            let words = UnsafeMutableBufferPointer(
                start: base.assumingMemoryBound(to: UInt32.self),
                count: body.iov_len / 4
            )
            stage = .begun(offer.accept(in: words) ? offer : InitOffer())
        }
    }
}
