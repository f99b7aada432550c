import BinaryCodec

/// The second header of a kdump-compressed file: 104 bytes in its second block, of which older versions fill fewer.
///
/// Source: `struct kdump_sub_header` (makedumpfile 1.7, diskdump_mod.h).
struct KdumpSubHeader: Hashable, Sendable {
    static let byteCount = 104

    /// Offsets of what errors name, in this header.
    static let informationOffset: UInt64 = 32
    static let notesOffset: UInt64 = 48
    static let startOffset: UInt64 = 80
    static let frameLimitOffset: UInt64 = 96

    var physicalBase: UInt64 = 0
    /// Since version 1.
    var dumpLevel: UInt32 = 0
    /// Since version 2: not 0 where the file is one of a split set.
    var split: UInt32 = 0
    /// Since version 2: the page frames of this file of a split set; its end is one more than the last.
    var frames: (start: UInt64, end: UInt64) = (0, 0)
    /// Since version 3: where VMCOREINFO lies in the file.
    var information: (offset: UInt64, size: UInt64) = (0, 0)
    /// Since version 4: where the notes lie.
    var notes: (offset: UInt64, size: UInt64) = (0, 0)
    /// Since version 5: where the list of what was erased lies.
    var eraseInformation: (offset: UInt64, size: UInt64) = (0, 0)
    /// Since version 6: one more than the last page frame.
    var frameLimit: UInt64 = 0

    init() {}

    /// Errors: fewer than 104 bytes.
    init(parsing bytes: [UInt8], _ endianness: Endianness, version: UInt32) throws(BinaryError) {
        var reader = BinaryReader(bytes, endianness)
        physicalBase = try reader.u64("phys_base")
        let level = try reader.u32("dump_level")
        if version >= 1 { dumpLevel = level }
        let part = try reader.u32("split")
        let short = (start: try reader.u64("start_pfn"), end: try reader.u64("end_pfn"))
        if version >= 2 { (split, frames) = (part, short) }
        let information = (try reader.u64("offset_vmcoreinfo"), try reader.u64("size_vmcoreinfo"))
        if version >= 3 { self.information = information }
        let notes = (try reader.u64("offset_note"), try reader.u64("size_note"))
        if version >= 4 { self.notes = notes }
        let erase = (try reader.u64("offset_eraseinfo"), try reader.u64("size_eraseinfo"))
        if version >= 5 { eraseInformation = erase }
        let long = (start: try reader.u64("start_pfn_64"), end: try reader.u64("end_pfn_64"))
        let limit = try reader.u64("max_mapnr_64")
        if version >= 6 { (frames, frameLimit) = (long, limit) }
    }

    /// Writes the 104 bytes in the writer's byte order.
    func write(to writer: inout BinaryWriter, version: UInt32 = 6) {
        writer.put(physicalBase)
        writer.put(dumpLevel)
        writer.put(split)
        // Obsolete since version 6, where the last fields have them.
        for field in version >= 6 ? [0, 0] : [frames.start, frames.end] { writer.put(field) }
        for place in [information, notes, eraseInformation] {
            writer.put(place.offset)
            writer.put(place.size)
        }
        for field in version >= 6 ? [frames.start, frames.end, frameLimit] : [0, 0, 0] { writer.put(field) }
    }

    static func == (a: Self, b: Self) -> Bool { a.bytes == b.bytes }
    func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

    private var bytes: [UInt8] {
        var writer = BinaryWriter(.big)
        write(to: &writer)
        return writer.bytes
    }
}
