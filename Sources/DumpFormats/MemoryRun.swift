import PhysicalMemory

/// What a captured file has of some memory.
public enum MemoryState: String, Sendable, Hashable, CaseIterable {
    /// Its bytes are in the file.
    case present
    /// It is memory, but its contents were left out.
    case absent
    /// The file knows of no memory there.
    case notMemory
}

/// A run of physical memory of one state. What follows it may be of the same state.
public struct MemoryRun: Sendable, Hashable {
    public var state: MemoryState
    public var range: AddressRange

    public init(_ state: MemoryState, _ range: AddressRange) {
        self.state = state
        self.range = range
    }
}

/// What a captured file has of a page frame.
public enum FrameContents: Sendable, Hashable {
    case present
    case absent
    case notMemory
    /// These offsets in the frame are in the file, and the others are not: segments of ELF cores begin and end at
    /// any byte.
    case partial([Range<Int>])
}
