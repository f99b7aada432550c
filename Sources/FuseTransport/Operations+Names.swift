import CFuse
import KernFS
import SystemPackage

/// Names and numbers: lookup, stat, links, directories.
extension Operations {
    static func addNames(_ table: inout fuse_lowlevel_ops) {
        table.lookup = { request, parent, name in
            Operations.answer(
                request,
                { files throws(Errno) in try files.lookup(parent, Operations.text(name)) },
                { $0.entry($1) }
            )
        }
        table.forget = { request, number, count in
            guard let request else { return }
            FuseSession.of(request)?.fileSystem.forget(number, count: count)
            fuse_reply_none(request)
        }
        table.getattr = { request, number, info in
            // The kernel names an open file only when it seeks to the end of it.
            let file = info?.pointee.fh
            Operations.answer(
                request,
                { files throws(Errno) in
                    guard let file else { return try files.attributes(number) }
                    return try files.attributesForSeekingToEnd(file)
                },
                { $0.attributes($1) }
            )
        }
        table.setattr = { request, number, wanted, which, _ in
            let changes = AttributeChanges(wanted, which)
            Operations.answer(
                request,
                { files throws(Errno) in try files.change(number, changes) },
                { $0.attributes($1) }
            )
        }
        table.readlink = { request, number in
            let caller = Caller(request)
            Operations.answer(
                request,
                { files throws(Errno) in try files.readLink(number, caller) },
                { $0.link($1) }
            )
        }
        table.readdir = { request, number, size, offset, _ in
            guard let request else { return }
            Operations.answer(
                request,
                { files throws(Errno) in
                    DirectoryListing(request, try files.list(number), number).bytes(from: offset, size)
                },
                { $0.bytes($1) }
            )
        }
        table.statfs = { request, _ in
            Operations.answer(request, { _ in }, { reply, _ in reply.statistics() })
        }
    }
}

/// The entries of a directory in the kernel's form.
struct DirectoryListing {
    private let request: fuse_req_t
    private let entries: [(name: String, attributes: FileAttributes?)]
    private let number: UInt64

    init(_ request: fuse_req_t, _ files: [(name: String, attributes: FileAttributes)], _ number: UInt64) {
        self.request = request
        self.number = number
        entries = [(".", nil), ("..", nil)] + files.map { ($0.name, $0.attributes) }
    }

    /// As many entries as fit into `size` bytes, beginning with the one at `offset`.
    func bytes(from offset: off_t, _ size: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: size)
        var used = 0
        guard offset >= 0, offset < entries.count else { return [] }
        for index in Int(offset)..<entries.count {
            var status = stat()
            status.st_ino = UInt(entries[index].attributes?.number ?? number)
            status.st_mode = entries[index].attributes.map { stat($0).st_mode } ?? 0o040000
            let needed = bytes.withUnsafeMutableBytes { buffer in
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[used...])
                return fuse_add_direntry(
                    request,
                    rest.bindMemory(to: CChar.self).baseAddress,
                    rest.count,
                    entries[index].name,
                    &status,
                    off_t(index + 1)
                )
            }
            guard needed <= size - used else { break }
            used += needed
        }
        return Array(bytes[..<used])
    }
}

extension AttributeChanges {
    /// What a setattr asks for; times are accepted without effect.
    init(_ wanted: UnsafeMutablePointer<stat>?, _ which: Int32) {
        self.init()
        guard let wanted = wanted?.pointee else { return }
        if which & FUSE_SET_ATTR_MODE != 0 { mode = UInt16(truncatingIfNeeded: wanted.st_mode & 0o7777) }
        if which & FUSE_SET_ATTR_UID != 0 { uid = wanted.st_uid }
        if which & FUSE_SET_ATTR_GID != 0 { gid = wanted.st_gid }
        if which & FUSE_SET_ATTR_SIZE != 0 { size = UInt64(clamping: wanted.st_size) }
    }
}
