/// How a page is compressed, and what is told of the whole file.
///
/// Source: `DUMP_DH_COMPRESSED_*` (makedumpfile 1.7, diskdump_mod.h).
struct PageFlags: OptionSet, Hashable, Sendable {
    var rawValue: UInt32

    static let zlib = PageFlags(rawValue: 0x01)
    static let lzo = PageFlags(rawValue: 0x02)
    static let snappy = PageFlags(rawValue: 0x04)
    /// Of a file: its writing was cut short.
    static let incomplete = PageFlags(rawValue: 0x08)
    static let zstd = PageFlags(rawValue: 0x20)

    /// Nil where none is named.
    var compression: PageCompression? {
        if contains(.zlib) { return .zlib }
        if contains(.lzo) { return .lzo }
        if contains(.snappy) { return .snappy }
        return contains(.zstd) ? .zstd : nil
    }
}
