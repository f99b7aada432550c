import BinaryCodec

/// Where a page lies in a kdump-compressed file: 24 bytes. Pages that are all zero may share one place.
///
/// Source: `struct page_desc` (makedumpfile 1.7, diskdump_mod.h).
struct PageDescriptor: Hashable, Sendable {
    static let byteCount = 24

    /// 0 where an incomplete file lacks the page.
    var offset: UInt64
    var size: UInt32
    var flags: PageFlags
    /// Flags of the page in the kernel; nobody fills them in.
    var pageFlags: UInt64 = 0

    init(offset: UInt64, size: UInt32, flags: PageFlags) {
        self.offset = offset
        self.size = size
        self.flags = flags
    }

    /// Errors: fewer than 24 bytes.
    init(parsing bytes: [UInt8], _ endianness: Endianness) throws(BinaryError) {
        var reader = BinaryReader(bytes, endianness)
        offset = try reader.u64("offset of a page descriptor")
        size = try reader.u32("size of a page descriptor")
        flags = PageFlags(rawValue: try reader.u32("flags of a page descriptor"))
        pageFlags = try reader.u64("page_flags of a page descriptor")
    }

    /// Writes the 24 bytes in the writer's byte order.
    func write(to writer: inout BinaryWriter) {
        writer.put(offset)
        writer.put(size)
        writer.put(flags.rawValue)
        writer.put(pageFlags)
    }
}
