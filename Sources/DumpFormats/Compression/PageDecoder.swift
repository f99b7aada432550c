import CCompression

/// Decompresses one page, never beyond its end.
enum PageDecoder {
    /// Returns how many bytes of `page` were written, nil where `stored` is malformed.
    static func decode(_ stored: [UInt8], _ compression: PageCompression, into page: inout [UInt8]) -> Int? {
        switch compression {
        case .lzo:
            return LZODecoder.decode(stored, into: &page)
        case .zlib:
            var count = uLong(page.count)
            return uncompress(&page, &count, stored, uLong(stored.count)) == Z_OK ? Int(clamping: count) : nil
        case .snappy:
            var count = page.count
            return ccompression_unsnap(stored, stored.count, &page, &count) ? count : nil
        case .zstd:
            let count = ZSTD_decompress(&page, page.count, stored, stored.count)
            return ZSTD_isError(count) == 0 ? count : nil
        }
    }
}
