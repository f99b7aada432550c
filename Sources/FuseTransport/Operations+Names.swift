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
                    var listing = DirectoryListing(request, number, size)
                    try listing.add(files, from: Int(offset))
                    return listing.bytes
                },
                { $0.bytes($1) }
            )
        }
        table.statfs = { request, _ in
            Operations.answer(request, { _ in }, { reply, _ in reply.statistics() })
        }
    }
}

/// As many entries of a directory as fit, in the kernel's form.
struct DirectoryListing {
    private let request: fuse_req_t
    private let number: UInt64
    private var buffer: [UInt8]
    private var used = 0

    init(_ request: fuse_req_t, _ number: UInt64, _ size: Int) {
        self.request = request
        self.number = number
        buffer = [UInt8](repeating: 0, count: size)
    }

    var bytes: [UInt8] { Array(buffer[..<used]) }

    /// Adds what stands behind `offset`: the directory itself, the one above, and the names in it.
    mutating func add(_ files: FileSystem, from offset: Int) throws(Errno) {
        for (place, name) in [".", ".."].enumerated() where place >= offset {
            guard add(name, number, .directory, next: place + 1) else { return }
        }
        try files.list(number, from: max(0, offset - 2)) { entry in
            add(entry.name, entry.number, entry.kind, next: entry.position + 3)
        }
    }

    /// False where it does not fit.
    private mutating func add(
        _ name: String,
        _ number: UInt64,
        _ kind: FileAttributes.Kind,
        next: Int
    ) -> Bool {
        var status = stat()
        status.st_ino = UInt(number)
        status.st_mode = kind.modeBits
        let request = request
        let used = used
        let needed = buffer.withUnsafeMutableBytes { buffer in
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[used...])
            return fuse_add_direntry(
                request,
                rest.bindMemory(to: CChar.self).baseAddress,
                rest.count,
                name,
                &status,
                off_t(next)
            )
        }
        guard needed <= buffer.count - used else { return false }
        self.used += needed
        return true
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
