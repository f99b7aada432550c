import BinaryCodec
import PhysicalMemory

/// A core file as /proc/vmcore shows it: headers and notes as bytes, memory as extents over the machine's RAM.
///
/// Nothing is copied. The program header of the notes comes first, then one for every segment, in order.
/// Source: `parse_crash_elf64_headers` (Linux 3.4, fs/proc/vmcore.c).
public struct CoreFile: Sendable {
    public let header: ELFHeader
    public let programHeaders: [ProgramHeader]
    public let notes: [ELFNote]
    public let image: MemoryImage

    /// Bytes of the file.
    public var size: UInt64 { image.size }

    /// What of a segment is not memory in `ram` reads as zeros.
    ///
    /// Errors: a file whose size does not fit 64 bits, too many segments for a program header table, a page size
    /// that is no power of two.
    public init(
        endianness: Endianness,
        machine: ELFMachine,
        flags: UInt32,
        notes: [ELFNote],
        segments: [CoreSegment],
        layout: CoreLayout,
        ram: PhysicalRAM
    ) throws(BinaryError) {
        guard let count = UInt16(exactly: segments.count + 1), count < .max else {
            throw .overflow("number of program headers")
        }
        let list = NoteList(notes)
        let noteSize = UInt64(list.byteCount)
        let plan = try CorePlan(noteSize: noteSize, segments: segments, layout)
        header = ELFHeader(
            endianness: endianness,
            machine: machine,
            flags: flags,
            programHeaderCount: count
        )
        self.notes = notes
        let noteHeader = ProgramHeader(
            type: .note,
            offset: plan.front.noteOffset,
            fileSize: noteSize,
            memorySize: noteSize,
            alignment: layout.noteAlignment
        )
        programHeaders =
            [noteHeader]
            + zip(segments, plan.places).map { segment, place in
                if segment.isBlank { return ProgramHeader(type: .null) }
                return ProgramHeader(
                    type: .load,
                    flags: 7,
                    offset: place.offset,
                    virtualAddress: segment.virtualAddress,
                    physicalAddress: segment.physicalAddress,
                    fileSize: segment.source.count,
                    memorySize: segment.source.count
                )
            }

        var headerWriter = BinaryWriter(endianness)
        header.write(to: &headerWriter)
        for programHeader in programHeaders { programHeader.write(to: &headerWriter) }
        var noteWriter = BinaryWriter(endianness)
        list.write(to: &noteWriter)
        var image = MemoryImage()
        image.append(headerWriter.bytes)
        image.append(hole: plan.front.noteOffset - plan.front.headerSize)
        image.append(noteWriter.bytes)
        image.append(hole: plan.front.end - plan.front.noteOffset - noteSize)
        for place in plan.places { image.append(place.shown, of: ram) }
        self.image = image
    }

    /// Bytes before the first segment's pages in a core file with notes of `noteSize` bytes and `segments`
    /// segments.
    ///
    /// Errors: as for the file itself.
    public static func predictedHeaderSize(
        noteSize: UInt64,
        segments: Int,
        layout: CoreLayout
    ) throws(BinaryError) -> UInt64 {
        try CorePlan.Front(noteSize: noteSize, segments: segments, layout).end
    }

    /// Where memory will lie in a core file with notes of `noteSize` bytes: each run as it is shown, with what the layout
    /// shows around it, and its offset in the file; in order of the file. Behind the last one the file ends.
    ///
    /// Errors: as for the file itself.
    public static func predictedPlaces(
        noteSize: UInt64,
        segments: [CoreSegment],
        layout: CoreLayout
    ) throws(BinaryError) -> [(offset: UInt64, shown: AddressRange)] {
        try CorePlan(noteSize: noteSize, segments: segments, layout).places.map { place in
            let inside = place.source.start.rawValue - place.shown.start.rawValue
            return (place.offset - inside, place.shown)
        }
    }
}
