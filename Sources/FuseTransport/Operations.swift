import CFuse
import KernFS
import SystemPackage

/// The requests of the kernel, each with who answers it.
///
/// libfuse calls these from its own threads; they carry nothing, the session is found through the request.
enum Operations {
    static var table: fuse_lowlevel_ops {
        var table = fuse_lowlevel_ops()
        addNames(&table)
        addRefusals(&table)
        addExtendedAttributes(&table)
        addFiles(&table)
        addReadingAndWriting(&table)
        return table
    }

    /// Answers `request` with what `compute` finds, or with the errno that it throws.
    static func answer<Value>(
        _ request: fuse_req_t?,
        _ compute: (FileSystem) throws(Errno) -> Value,
        _ send: (consuming Reply, Value) -> Void
    ) {
        guard let request, let session = FuseSession.of(request) else { return }
        let reply = Reply(request)
        let value: Value
        do throws(Errno) {
            value = try compute(session.fileSystem)
        } catch {
            return reply.fail(error)
        }
        send(reply, value)
    }

    /// Refuses `request` with what `errno` says.
    static func refuse(_ request: fuse_req_t?, _ errno: (FileSystem) -> Errno) {
        guard let request, let session = FuseSession.of(request) else { return }
        Reply(request).fail(errno(session.fileSystem))
    }

    static func text(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }
}
