/// Decompresses one page, never beyond its end.
enum PageDecoder {
    /// Returns how many bytes of `page` were written, nil where `stored` is malformed.
    ///
    /// Errors: `.noLibrary`.
    static func decode(
        _ stored: [UInt8],
        _ compression: PageCompression,
        into page: inout [UInt8]
    ) throws(DumpFailure) -> Int? {
        switch compression {
        case .lzo: return LZODecoder.decode(stored, into: &page)
        case .zlib: return try Libraries.zlib(stored, &page)
        case .snappy: return try Libraries.snappy(stored, &page)
        case .zstd: return try Libraries.zstd(stored, &page)
        }
    }
}
