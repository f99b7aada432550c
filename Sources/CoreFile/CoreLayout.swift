import BinaryCodec
import PhysicalMemory

/// How a kernel lays /proc/vmcore out.
public enum CoreLayout: Hashable, Sendable {
    /// No padding: notes behind the program headers, segments behind the notes.
    ///
    /// Source: Linux 3.4, fs/proc/vmcore.c.
    case packed
    /// Headers and notes are padded to pages; every segment begins in a page of the file at the offset that its
    /// bytes have in their page of memory, and the rest of its first and last page is there too.
    ///
    /// Source: Linux 3.11 and later, fs/proc/vmcore.c.
    case pageAligned(pageSize: UInt64, noteAlignment: UInt64)
}

/// A run of memory that the core file shows.
public struct CoreSegment: Hashable, Sendable {
    /// Where tools shall see it.
    public var physicalAddress: UInt64
    public var virtualAddress: UInt64
    /// Where its bytes are in the memory of the machine that has the dump.
    public var source: AddressRange

    public init(physicalAddress: UInt64, virtualAddress: UInt64, source: AddressRange) {
        self.physicalAddress = physicalAddress
        self.virtualAddress = virtualAddress
        self.source = source
    }
}

/// Where the parts of a core file lie.
struct CorePlan {
    var noteOffset: UInt64
    /// The first byte behind headers and notes, where the first segment's pages begin.
    var bodyOffset: UInt64
    /// For every segment: its offset in the file and the memory that is shown around and with it.
    var segments: [(offset: UInt64, shown: AddressRange)] = []

    init(noteSize: UInt64, segments sources: [CoreSegment], _ layout: CoreLayout) throws(BinaryError) {
        let headers = UInt64(ELFHeader.byteCount + ProgramHeader.byteCount * (sources.count + 1))
        switch layout {
        case .packed:
            noteOffset = headers
            bodyOffset = headers + noteSize
        case .pageAligned(let page, _):
            noteOffset = headers.alignedUp(to: page)
            bodyOffset = noteOffset + noteSize.alignedUp(to: page)
        }
        var next = bodyOffset
        for segment in sources {
            let shown = try Self.shown(segment.source, layout)
            let inside = segment.source.start.rawValue - shown.start.rawValue
            segments.append((offset: try next.adding(inside, "offset of a segment"), shown: shown))
            next = try next.adding(shown.count, "size of the core file")
        }
    }

    /// The memory around a segment that the layout shows with it.
    private static func shown(_ source: AddressRange, _ layout: CoreLayout) throws(BinaryError) -> AddressRange {
        guard case .pageAligned(let page, _) = layout else { return source }
        let end = try source.end.rawValue.adding(page - 1, "end of a segment").alignedDown(to: page)
        let start = source.start.rawValue.alignedDown(to: page)
        return AddressRange(PhysicalAddress(start), upTo: PhysicalAddress(end))
    }
}
