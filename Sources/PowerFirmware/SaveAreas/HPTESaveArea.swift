import BinaryCodec

/// The HPTE save area: the hash page table entries that map the kernel's real mode area. Always big-endian.
///
/// Header of 32 bytes (magic, version, offset of the number of entries, which is at 0x18), then entries of 24
/// bytes: index and two doublewords. Linux never reads it.
/// Source: LoPAR, firmware-assisted dump data format; its offset 0x1c for the number is an error of the text.
public struct HPTESaveArea: Sendable, Hashable {
    public static let magic: UInt64 = 0x4850_5445_5341_5645
    public static let headerSize = 0x20
    public static let entrySize = 24
    static let countOffset: UInt32 = 0x18

    /// A hash page table entry and its index in the table.
    public struct Entry: Sendable, Hashable {
        public var index: UInt64
        public var dword0: UInt64
        public var dword1: UInt64
    }

    public var entries: [Entry]

    public init(entries: [Entry]) { self.entries = entries }

    /// Entries that map `realModeArea` bytes in pages of 16 MB, as many as `size` bytes hold.
    ///
    /// An entry is valid, bolted, for a large page and of a segment of a terabyte; its second doubleword holds the
    /// real page, referenced, changed and M.
    public init(mapping realModeArea: UInt64, within size: UInt64) {
        let page: UInt64 = 16 << 20
        let virtualSegment: UInt64 = 0x1ff_ffff
        let room =
            size < UInt64(Self.headerSize) ? 0 : (size - UInt64(Self.headerSize)) / UInt64(Self.entrySize)
        let pages = min((realModeArea + page - 1) / page, room)
        entries = (0..<pages).map { number in
            let address = number * page
            // Virtual segment of the VRMA: 17 bits of page number (of 8 MB) in it; bolted 0x10, large 4, valid 1.
            // The two topmost bits, B, say the size of the segment: 1 is a terabyte.
            let terabyteSegment: UInt64 = 1 << 62
            let pageNumber = (virtualSegment << 17) | (address >> 23)
            let avpn = pageNumber << 7
            let hash = (virtualSegment ^ (address >> 24)) & 0x1_ffff
            return Entry(
                index: hash * 8,
                dword0: terabyteSegment | avpn | 0x10 | 4 | 1,
                dword1: address | 0x190
            )
        }
    }

    public init(parsing bytes: [UInt8]) throws(BinaryError) {
        var reader = BinaryReader(bytes, .big)
        let magic = try reader.u64("magic of the HPTE save area")
        guard magic == Self.magic else {
            throw .invalid(field: "magic of the HPTE save area", offset: 0, found: String(magic, radix: 16))
        }
        try reader.skip(16, "header of the HPTE save area")
        let count = try reader.u64("number of HPTEs")
        guard count <= UInt64(reader.remaining / Self.entrySize) else {
            throw .invalid(
                field: "number of HPTEs",
                offset: 0x18,
                found: "\(count), more than there is room for"
            )
        }
        entries = []
        for _ in 0..<count {
            entries.append(
                Entry(
                    index: try reader.u64("HPTE index"),
                    dword0: try reader.u64("HPTE dword 0"),
                    dword1: try reader.u64("HPTE dword 1")
                )
            )
        }
    }

    /// Writes header and entries; the writer is big-endian.
    public func write(to writer: inout BinaryWriter) {
        writer.put(Self.magic)
        writer.put(UInt32(0))
        writer.put(Self.countOffset)
        writer.pad(8)
        writer.put(UInt64(entries.count))
        for entry in entries {
            writer.put(entry.index)
            writer.put(entry.dword0)
            writer.put(entry.dword1)
        }
    }
}
