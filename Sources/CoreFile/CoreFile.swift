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

    /// Errors: a file whose size does not fit 64 bits, or too many segments for a program header table.
    public init(
        endianness: Endianness, machine: ELFMachine, flags: UInt32, notes: [ELFNote],
        segments: [CoreSegment], layout: CoreLayout, ram: PhysicalRAM
    ) throws(BinaryError) {
        guard let count = UInt16(exactly: segments.count + 1), count < .max else {
            throw .overflow("number of program headers")
        }
        let list = NoteList(notes)
        let plan = try CorePlan(noteSize: UInt64(list.byteCount), segments: segments, layout)
        header = ELFHeader(
            endianness: endianness, machine: machine, flags: flags, programHeaderCount: count)
        self.notes = notes
        programHeaders =
            [Self.noteHeader(list, plan, layout)]
            + zip(segments, plan.segments).map { segment, place in
                ProgramHeader(
                    type: .load, flags: 7, offset: place.offset,
                    virtualAddress: segment.virtualAddress, physicalAddress: segment.physicalAddress,
                    fileSize: segment.source.count, memorySize: segment.source.count)
            }

        var writer = BinaryWriter(endianness)
        header.write(to: &writer)
        for programHeader in programHeaders { programHeader.write(to: &writer) }
        writer.pad(Int(plan.noteOffset) - writer.count)
        list.write(to: &writer)
        writer.pad(Int(plan.bodyOffset) - writer.count)
        var image = MemoryImage()
        image.append(writer.bytes)
        for place in plan.segments { image.append(place.shown, of: ram) }
        self.image = image
    }

    private static func noteHeader(_ notes: NoteList, _ plan: CorePlan, _ layout: CoreLayout) -> ProgramHeader {
        let size = UInt64(notes.byteCount)
        var alignment: UInt64 = 0
        if case .pageAligned(_, let noteAlignment) = layout { alignment = noteAlignment }
        return ProgramHeader(
            type: .note, offset: plan.noteOffset, fileSize: size, memorySize: size, alignment: alignment)
    }

    /// Bytes before the first segment of a core file with notes of `noteSize` bytes and `segments` segments.
    public static func headerSize(noteSize: UInt64, segments: Int, _ layout: CoreLayout) -> UInt64 {
        let headers = UInt64(ELFHeader.byteCount + ProgramHeader.byteCount * (segments + 1))
        switch layout {
        case .packed: return headers + noteSize
        case .pageAligned(let page, _): return headers.alignedUp(to: page) + noteSize.alignedUp(to: page)
        }
    }
}
