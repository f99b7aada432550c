import CFuse
import KernFS
import SystemPackage

/// What a kernel's tree does not do, with the errno of the directory or file concerned.
extension Operations {
    static func addRefusals(_ table: inout fuse_lowlevel_ops) {
        table.create = { request, parent, _, _, _ in
            Operations.refuse(request) { $0.refusalToCreate(in: parent) }
        }
        table.mknod = { request, parent, _, mode, _ in
            let isRegular = mode & 0o170000 == 0o100000
            Operations.refuse(request) {
                isRegular ? $0.refusalToCreate(in: parent) : $0.refusalToName(in: parent)
            }
        }
        table.mkdir = { request, parent, _, _ in Operations.refuse(request) { $0.refusalToName(in: parent) } }
        table.symlink = { request, _, parent, _ in Operations.refuse(request) { $0.refusalToName(in: parent) }
        }
        table.link = { request, _, parent, _ in Operations.refuse(request) { $0.refusalToName(in: parent) } }
        table.rename = { request, _, _, parent, _, _ in
            Operations.refuse(request) { $0.refusalToName(in: parent) }
        }
        table.unlink = { request, parent, name in
            Operations.refuse(request) { $0.refusalToRemove(Operations.text(name), from: parent) }
        }
        table.rmdir = { request, parent, name in
            Operations.refuse(request) { $0.refusalToRemove(Operations.text(name), from: parent) }
        }
    }
}
