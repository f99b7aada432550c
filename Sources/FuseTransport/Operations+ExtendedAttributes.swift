import CFuse
import KernFS
import SystemPackage

/// Extended attributes.
extension Operations {
    static func addExtendedAttributes(_ table: inout fuse_lowlevel_ops) {
        table.setxattr = { request, number, name, value, size, _ in
            let bytes = value.map { Array(UnsafeRawBufferPointer(start: $0, count: size)) } ?? []
            let name = Operations.text(name)
            Operations.answer(
                request,
                { (files) throws(Errno) in try files.setExtendedAttribute(number, name, bytes) },
                { reply, _ in reply.succeed() }
            )
        }
        table.removexattr = { request, number, name in
            let name = Operations.text(name)
            Operations.answer(
                request,
                { (files) throws(Errno) in try files.removeExtendedAttribute(number, name) },
                { reply, _ in reply.succeed() }
            )
        }
        table.listxattr = { request, number, size in
            let who = Caller(request)
            Operations.answer(
                request,
                { (files) throws(Errno) in try files.extendedAttributes(number, caller: who) },
                { reply, names in reply.names(names, size: size) }
            )
        }
    }
}
