import CFuse
import Glibc
import KernFS
import SystemPackage

/// The answer to one request of the kernel, given exactly once: answering consumes it.
///
/// A reply that is dropped answers EIO, so that no process waits for ever.
struct Reply: ~Copyable {
    private let request: fuse_req_t

    init(_ request: fuse_req_t) { self.request = request }

    deinit { fuse_reply_err(request, EIO) }

    var caller: Caller { Caller(request) }

    consuming func fail(_ errno: Errno) { end { fuse_reply_err($0, errno.rawValue) } }

    consuming func succeed() { end { fuse_reply_err($0, 0) } }

    consuming func wrote(_ count: Int) { end { fuse_reply_write($0, count) } }

    consuming func link(_ target: String) { end { fuse_reply_readlink($0, target) } }

    consuming func offset(_ offset: UInt64) { end { fuse_reply_lseek($0, off_t(clamping: offset)) } }

    consuming func events(_ events: PollEvents) { end { fuse_reply_poll($0, events.rawValue) } }

    /// A list of names for a buffer of `size` bytes; for an empty one, how long the list is.
    consuming func names(_ names: [UInt8], size: Int) {
        guard size > 0 else { return end { fuse_reply_xattr($0, names.count) } }
        guard names.count <= size else { return fail(.outOfRange) }
        bytes(names)
    }

    consuming func bytes(_ bytes: [UInt8]) {
        end { request in
            bytes.withUnsafeBytes {
                fuse_reply_buf(request, $0.bindMemory(to: CChar.self).baseAddress, $0.count)
            }
        }
    }

    /// Bytes out of several places, straight to the kernel.
    consuming func pieces(_ pieces: [UnsafeRawBufferPointer]) {
        if let only = pieces.first, pieces.count == 1 {
            return end { fuse_reply_buf($0, only.bindMemory(to: CChar.self).baseAddress, only.count) }
        }
        // A single write takes 1024 pieces, one of which is the header.
        guard pieces.count < 1000 else { return bytes(pieces.flatMap { Array($0) }) }
        let vectors = pieces.map {
            iovec(iov_base: UnsafeMutableRawPointer(mutating: $0.baseAddress), iov_len: $0.count)
        }
        end { request in
            vectors.isEmpty
                ? fuse_reply_buf(request, nil, 0) : fuse_reply_iov(request, vectors, Int32(vectors.count))
        }
    }

    consuming func attributes(_ attributes: FileAttributes) {
        end { request in
            var status = stat(attributes)
            return fuse_reply_attr(request, &status, Self.attributeTimeout(attributes))
        }
    }

    /// Seconds for which the kernel may remember a name. Who goes by one that is gone is told ESTALE when he opens it, or
    /// when he asks for its attributes; the kernel looks it up again then.
    private static func nameTimeout(_ attributes: FileAttributes) -> Double {
        attributes.mayBeRemembered ? 1 : 0
    }

    /// Seconds for which the kernel may remember the attributes of a file: one tick of its clock. At the end of a boot they
    /// are forgotten, but for the answer to a first lookup that is on its way just then.
    private static func attributeTimeout(_ attributes: FileAttributes) -> Double {
        switch (attributes.mayBeRemembered, attributes.kind) {
        case (true, .directory): 1
        case (true, _): 0.001
        case (false, _): 0
        }
    }

    /// The answer to a lookup.
    consuming func entry(_ attributes: FileAttributes) {
        end { request in
            var entry = fuse_entry_param()
            entry.ino = attributes.number
            entry.attr = stat(attributes)
            entry.entry_timeout = Self.nameTimeout(attributes)
            entry.attr_timeout = Self.attributeTimeout(attributes)
            return fuse_reply_entry(request, &entry)
        }
    }

    /// The answer to an open. False where the opener is gone already, so that the file must be closed again.
    ///
    /// Written out by hand, because libfuse 3.14 does not know all of the kernel's structure.
    consuming func opened(_ answer: OpenAnswer) -> Bool {
        var result: Int32 = 0
        var answer = answer
        end { request in
            result = withUnsafeBytes(of: &answer) {
                fuse_reply_buf(request, $0.bindMemory(to: CChar.self).baseAddress, $0.count)
            }
            return result
        }
        return result != -ENOENT
    }

    consuming func statistics() {
        end { request in
            var statistics = statvfs()
            statistics.f_bsize = 4096
            statistics.f_namemax = 255
            return fuse_reply_statfs(request, &statistics)
        }
    }

    /// A reply that is given later, by whoever has its number.
    consuming func later(_ pending: PendingReplies) -> UInt64 {
        let request = request
        discard self
        return pending.add(request)
    }

    private consuming func end(_ body: (fuse_req_t) -> Int32) {
        let request = request
        discard self
        _ = body(request)
    }
}

extension Caller {
    /// Who made a request.
    init(_ request: fuse_req_t?) {
        let context = request.map { fuse_req_ctx($0) }??.pointee
        self.init(pid: context?.pid ?? 0, uid: context?.uid ?? 0, gid: context?.gid ?? 0)
    }
}

extension stat {
    init(_ attributes: FileAttributes) {
        self.init()
        st_ino = UInt(attributes.number)
        st_mode = attributes.kind.modeBits | UInt32(attributes.mode)
        st_nlink = UInt(attributes.linkCount)
        st_uid = attributes.uid
        st_gid = attributes.gid
        st_size = Int(clamping: attributes.size)
        st_blksize = Int(attributes.blockSize)
        let time = timespec(tv_sec: Int(attributes.time), tv_nsec: 0)
        st_atim = time
        st_mtim = time
        st_ctim = time
    }
}

extension FileAttributes.Kind {
    /// As st_mode has it.
    var modeBits: UInt32 {
        switch self {
        case .directory: 0o040000
        case .regular: 0o100000
        case .link: 0o120000
        }
    }
}
