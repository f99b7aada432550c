import SystemPackage

/// The bytes of a file, or of what stands for one: a flattened file put in order.
public protocol DumpBytes: Sendable {
    /// How the file is called in errors.
    var name: String { get }
    /// Bytes from the first to the last.
    var size: UInt64 { get }
    /// Fills `buffer` from `offset` on and returns how many bytes it got, fewer only at the end of the file.
    ///
    /// Errors: those of the file.
    func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(DumpFailure) -> Int
    /// The first offset at or behind `offset` whose byte may be anything but zero, or the end of the file: what lies
    /// before it is a hole, and need not be read.
    func data(from offset: UInt64) -> UInt64
}

extension DumpBytes {
    public func data(from offset: UInt64) -> UInt64 { offset }

    /// `count` bytes from `offset` on. Errors: truncated, naming `field`, where the file ends before.
    ///
    /// The caller bounds `count`; nothing is taken for more bytes than the file has.
    func bytes(at offset: UInt64, _ count: Int, _ field: String) throws(DumpFailure) -> [UInt8] {
        try demand(offset, UInt64(clamping: count), field)
        var bytes = [UInt8](repeating: 0, count: max(0, count))
        let result = bytes.withUnsafeMutableBytes { buffer -> DumpFailure? in
            do throws(DumpFailure) { try fill(buffer, at: offset, field) } catch { return error }
            return nil
        }
        if let result { throw result }
        return bytes
    }

    /// Fills all of `buffer`. Errors: truncated, naming `field`, where the file ends before.
    func fill(
        _ buffer: UnsafeMutableRawBufferPointer,
        at offset: UInt64,
        _ field: String
    ) throws(DumpFailure) {
        try demand(offset, UInt64(buffer.count), field)
        let count = try read(at: offset, into: buffer)
        guard count == buffer.count else {
            throw truncated(field, offset, UInt64(buffer.count), available: UInt64(clamping: count))
        }
    }

    /// Refuses a run of bytes that is not all in the file.
    func demand(_ offset: UInt64, _ count: UInt64, _ field: String) throws(DumpFailure) {
        let left = offset < size ? size - offset : 0
        guard count <= left else { throw truncated(field, offset, count, available: left) }
    }

    /// The error of a file that ends too early.
    func truncated(_ field: String, _ offset: UInt64, _ needed: UInt64, available: UInt64) -> DumpFailure {
        .malformed(
            .truncated(
                field: field,
                offset: Int(clamping: offset),
                needed: Int(clamping: needed),
                available: Int(clamping: available)
            ),
            file: name
        )
    }

    /// The error of a field that holds what the format does not allow.
    func invalid(_ field: String, _ offset: UInt64, _ found: String) -> DumpFailure {
        .malformed(.invalid(field: field, offset: Int(clamping: offset), found: found), file: name)
    }
}
