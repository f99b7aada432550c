import Glibc

/// The libraries that decompress pages, loaded when the first page needs one.
///
/// They are not linked: a program without them starts, and reads every file but those that need them. The interfaces
/// used are the stable ones of zlib (`uncompress`), Zstandard (`ZSTD_decompress`) and Snappy's C interface.
enum Libraries {
    private typealias ZlibUncompress =
        @convention(c) (
            UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<CUnsignedLong>?, UnsafePointer<UInt8>?,
            CUnsignedLong
        ) -> CInt
    private typealias ZstdDecompress =
        @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeRawPointer?, Int) -> Int
    private typealias ZstdIsError = @convention(c) (Int) -> CUnsignedInt
    private typealias SnappyUncompress =
        @convention(c) (
            UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>?
        ) -> CInt

    private static let uncompress = symbol("uncompress", in: "libz.so.1", as: ZlibUncompress.self)
    private static let decompress = symbol("ZSTD_decompress", in: "libzstd.so.1", as: ZstdDecompress.self)
    private static let isError = symbol("ZSTD_isError", in: "libzstd.so.1", as: ZstdIsError.self)
    private static let unsnap = symbol("snappy_uncompress", in: "libsnappy.so.1", as: SnappyUncompress.self)

    private static func symbol<Function>(_ name: String, in library: String, as: Function.Type) -> Function? {
        guard let handle = dlopen(library, RTLD_NOW | RTLD_LOCAL), let symbol = dlsym(handle, name) else {
            return nil
        }
        return unsafeBitCast(symbol, to: Function.self)
    }

    /// Loads what `compression` needs, where it is there: a process that gives up its rights does so before.
    static func load(_ compression: PageCompression) {
        switch compression {
        case .lzo: break
        case .zlib: _ = uncompress
        case .zstd: _ = (decompress, isError)
        case .snappy: _ = unsnap
        }
    }

    static func zlib(_ stored: [UInt8], _ page: inout [UInt8]) throws(DumpFailure) -> Int? {
        guard let uncompress else { throw .noLibrary("libz.so.1", package: "zlib1g", compression: "zlib") }
        var count = CUnsignedLong(page.count)
        let status = uncompress(&page, &count, stored, CUnsignedLong(stored.count))
        return status == 0 ? Int(clamping: count) : nil
    }

    static func zstd(_ stored: [UInt8], _ page: inout [UInt8]) throws(DumpFailure) -> Int? {
        guard let decompress, let isError else {
            throw .noLibrary("libzstd.so.1", package: "libzstd1", compression: "zstd")
        }
        let count = decompress(&page, page.count, stored, stored.count)
        return isError(count) == 0 ? count : nil
    }

    static func snappy(_ stored: [UInt8], _ page: inout [UInt8]) throws(DumpFailure) -> Int? {
        guard let unsnap else {
            throw .noLibrary("libsnappy.so.1", package: "libsnappy1v5", compression: "snappy")
        }
        var count = page.count
        return unsnap(stored, stored.count, &page, &count) == 0 ? count : nil
    }
}
