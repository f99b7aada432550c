import Glibc

/// The pieces of an answer, as libfuse hands them over.
extension UnsafeBufferPointer<iovec> {
    /// Bytes of all together.
    var size: Int { reduce(0) { $0 + $1.iov_len } }

    /// Copies all of them behind each other to `place`, which has room for them.
    func gather(at place: UnsafeMutableRawPointer) {
        var end = place
        for piece in self {
            if let bytes = piece.iov_base { end.copyMemory(from: bytes, byteCount: piece.iov_len) }
            end += piece.iov_len
        }
    }
}
