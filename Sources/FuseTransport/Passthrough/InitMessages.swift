/// What the kernel offers when a session begins, beyond what libfuse 3.14 asks about.
///
/// Shapes: words of 32 bits of the host's byte order. Source: `struct fuse_init_in` (include/uapi/linux/fuse.h, Linux
/// 5.17 and later): major, minor, max_readahead, flags, flags2.
struct InitOffer: Hashable {
    /// The kernel reads files of the host by itself that a server names (Linux 6.9).
    var passthrough = false

    private static let opcode: UInt32 = 26

    init() {}

    /// Reads the words of an INIT request, its head included; nil where it is another request or too short to say.
    init?(request words: UnsafeBufferPointer<UInt32>) {
        guard words.count >= InitWord.head + 5, words[1] == Self.opcode else { return nil }
        let flags = words[InitWord.head + 3]
        guard flags & InitWord.extended != 0 else { return }
        let more = words[InitWord.head + 4]
        passthrough = more & InitWord.passthrough != 0
    }

    /// Takes the offer up in the body of the answer to INIT. False where the answer has no place for it.
    ///
    /// Source: `struct fuse_init_out`: flags is word 3, flags2 word 8, max_stack_depth word 9. The files of the host
    /// stand on no other file system, so that one layer is enough.
    func accept(in answer: UnsafeMutableBufferPointer<UInt32>) -> Bool {
        guard answer.count >= 10, passthrough else { return false }
        answer[3] |= InitWord.extended
        answer[8] |= InitWord.passthrough
        answer[9] = 1
        return true
    }
}

/// The bits of flags and flags2 in INIT.
private enum InitWord {
    /// Words of `struct fuse_in_header`.
    static let head = 10
    /// FUSE_INIT_EXT: there are flags2.
    static let extended: UInt32 = 1 << 30
    /// FUSE_PASSTHROUGH, bit 37 of both words together. Its neighbour FUSE_DIRECT_IO_ALLOW_MMAP is not taken: it would let
    /// all files be mapped for sharing, those of sysfs too, which no kernel does.
    static let passthrough: UInt32 = 1 << 5
}
