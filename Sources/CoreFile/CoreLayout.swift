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
    /// `pageSize` is a power of two, in bytes; `noteAlignment` is the p_align of the notes: 0, since 6.12 4.
    /// Source: Linux 3.11 and later, fs/proc/vmcore.c.
    case pageAligned(pageSize: UInt64, noteAlignment: UInt64)

    /// The p_align of the program header of the notes.
    var noteAlignment: UInt64 {
        switch self {
        case .packed: 0
        case .pageAligned(_, let noteAlignment): noteAlignment
        }
    }
}

/// A run of memory that the core file shows.
public struct CoreSegment: Hashable, Sendable {
    /// Where tools shall see it.
    public var physicalAddress: UInt64
    public var virtualAddress: UInt64
    /// Where its bytes are in the memory of the machine that has the dump: those of boot memory are at the
    /// destination of the dump section.
    public var source: AddressRange

    /// No memory, but a program header of zeros that is counted.
    public var isBlank = false

    public init(physicalAddress: UInt64, virtualAddress: UInt64, source: AddressRange) {
        self.physicalAddress = physicalAddress
        self.virtualAddress = virtualAddress
        self.source = source
    }

    /// A program header without a segment.
    public static var blank: CoreSegment {
        var segment = CoreSegment(physicalAddress: 0, virtualAddress: 0, source: AddressRange(0, upTo: 0))
        segment.isBlank = true
        return segment
    }
}
