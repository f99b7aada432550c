import CFuse
import Glibc
import KernFS
import SystemPackage

/// Open files: opening, closing, seeking, polling.
extension Operations {
    static func addFiles(_ table: inout fuse_lowlevel_ops) {
        table.open = { request, number, info in
            guard let request, let info, let session = FuseSession.of(request) else { return }
            let mode = OpenMode(flags: info.pointee.flags)
            Operations.answer(
                request,
                { files throws(Errno) in try files.open(number, mode) },
                { reply, file in
                    let answer = session.answer(toOpening: file, mode)
                    if !reply.opened(answer) { session.fileSystem.release(file) }
                }
            )
        }
        table.release = { request, _, info in
            guard let request, let info, let session = FuseSession.of(request) else { return }
            let file = info.pointee.fh
            session.polls.forget(file)
            Operations.answer(request, { files in files.release(file) }, { reply, _ in reply.succeed() })
        }
        table.flush = { request, _, _ in Operations.answer(request, { _ in }, { reply, _ in reply.succeed() })
        }
        // Directories of kernel file systems cannot be synchronized.
        table.fsyncdir = { request, _, _, _ in Operations.refuse(request) { _ in .invalidArgument } }
        table.fsync = { request, _, _, info in
            guard let info else { return }
            let file = info.pointee.fh
            Operations.answer(
                request,
                { files throws(Errno) in if let errno = files.syncRefusal(file) { throw errno } },
                { reply, _ in reply.succeed() }
            )
        }
        table.lseek = { request, _, offset, whence, info in
            guard let info else { return }
            let file = info.pointee.fh
            Operations.answer(
                request,
                { files throws(Errno) in
                    // The kernel sends SEEK_DATA (3) and SEEK_HOLE (4); it does the others itself.
                    guard offset >= 0, whence == 3 || whence == 4 else { throw .invalidArgument }
                    return try files.seek(file, from: UInt64(offset), hole: whence == 4)
                },
                { $0.offset($1) }
            )
        }
        table.poll = { request, _, info, handle in
            guard let request, let info, let session = FuseSession.of(request) else { return }
            let file = info.pointee.fh
            var wake: (@Sendable () -> Void)?
            if let handle {
                session.polls.keep(handle, for: file)
                wake = { session.polls.wake(file) }
            }
            Operations.answer(
                request,
                { files throws(Errno) in try files.poll(file, wake: wake) },
                { $0.events($1) }
            )
        }
    }
}

extension OpenMode {
    init(flags: Int32) {
        self = []
        let access = flags & O_ACCMODE
        if access == O_RDONLY || access == O_RDWR { insert(.read) }
        if access == O_WRONLY || access == O_RDWR { insert(.write) }
        if flags & O_TRUNC != 0 { insert(.truncate) }
        // O_DIRECT as the kernel has it on every architecture this runs on.
        if flags & 0o40000 != 0 { insert(.direct) }
    }
}
