import BinaryCodec
import PhysicalMemory

/// Where the parts of a core file lie.
///
/// Source: `merge_note_headers_elf64`, `process_ptload_program_headers_elf64` (Linux 3.4 and 4.4, fs/proc/vmcore.c).
struct CorePlan {
    /// A segment's offset in the file and the memory that is shown around and with it.
    struct Place {
        var offset: UInt64
        var source: AddressRange
        var shown: AddressRange
    }

    let front: Front
    var places: [Place] = []

    /// Errors: a file that does not fit 64 bits, a page size that is no power of two.
    init(noteSize: UInt64, segments: [CoreSegment], _ layout: CoreLayout) throws(BinaryError) {
        front = try Front(noteSize: noteSize, segments: segments.count, layout)
        var next = front.end
        for segment in segments {
            let shown = try Self.shown(segment.source, layout)
            let inside = segment.source.start.rawValue - shown.start.rawValue
            let offset = try next.adding(inside, "offset of a segment")
            places.append(Place(offset: offset, source: segment.source, shown: shown))
            next = try next.adding(shown.count, "size of the core file")
        }
    }

    /// The memory around a segment that the layout shows with it.
    private static func shown(_ source: AddressRange, _ layout: CoreLayout) throws(BinaryError)
        -> AddressRange
    {
        guard case .pageAligned(let page, _) = layout else { return source }
        let end = try roundUp(source.end.rawValue, to: page, "end of a segment")
        return AddressRange(
            PhysicalAddress(source.start.rawValue.alignedDown(to: page)),
            upTo: PhysicalAddress(end)
        )
    }

    private static func roundUp(
        _ value: UInt64,
        to page: UInt64,
        _ what: String
    ) throws(BinaryError) -> UInt64 {
        try value.adding(page &- 1, what).alignedDown(to: page)
    }
}

extension CorePlan {
    /// What lies before the memory: headers, then notes.
    struct Front {
        let headerSize: UInt64
        let noteOffset: UInt64
        /// Where the pages of the first segment begin.
        let end: UInt64

        init(noteSize: UInt64, segments: Int, _ layout: CoreLayout) throws(BinaryError) {
            let table = try segments.adding(1, "number of program headers")
                .multiplied(by: ProgramHeader.byteCount, "size of the program headers")
            let headers = try table.adding(ELFHeader.byteCount, "size of the headers")
            guard segments >= 0, let size = UInt64(exactly: headers) else {
                throw .overflow("number of segments")
            }
            headerSize = size
            switch layout {
            case .packed:
                noteOffset = size
                end = try size.adding(noteSize, "size of headers and notes")
            case .pageAligned(let page, _):
                guard page.nonzeroBitCount == 1 else {
                    throw .invalid(field: "page size", offset: 0, found: "\(page), not a power of two")
                }
                noteOffset = try roundUp(size, to: page, "size of the headers")
                end = try noteOffset.adding(
                    roundUp(noteSize, to: page, "size of the notes"),
                    "size of headers and notes"
                )
            }
        }
    }
}
