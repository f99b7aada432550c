import CFuse
import KernFS
import SystemPackage

/// Bytes: reading and writing.
extension Operations {
    static func addReadingAndWriting(_ table: inout fuse_lowlevel_ops) {
        table.read = { request, _, size, offset, info in
            guard let request, let info, let session = FuseSession.of(request) else { return }
            guard offset >= 0 else { return Reply(request).fail(.invalidArgument) }
            do throws(Errno) {
                try session.fileSystem.read(info.pointee.fh, at: UInt64(offset), count: size) { pieces in
                    Reply(request).pieces(pieces)
                }
            } catch {
                Reply(request).fail(error)
            }
        }
        table.write = { request, _, bytes, size, offset, info in
            guard let request, let bytes, let info, let session = FuseSession.of(request) else { return }
            let copy = Array(UnsafeRawBufferPointer(start: bytes, count: size))
            let file = info.pointee.fh
            let reply = Reply(request)
            let caller = reply.caller
            let pending = session.pending
            let number = reply.later(pending)
            // Before the write: an answer frees the request, and may come from another thread at once.
            pending.allowInterrupt(number)
            session.fileSystem.write(
                file,
                at: UInt64(max(0, offset)),
                copy,
                caller,
                Completion { pending.finish(number, $0) }
            )
        }
    }
}
