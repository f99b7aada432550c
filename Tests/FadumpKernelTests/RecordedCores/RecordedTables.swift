import FadumpKernel
import KernelProfile
import PhysicalMemory
import Testing

/// Numbers of a recorded /proc/vmcore whose bytes are not at hand.
struct RecordedTable: Sendable, CustomTestStringConvertible {
    struct Segment: Sendable {
        var offset: UInt64
        var physicalAddress: UInt64
        var size: UInt64
    }

    var machine: CrashedMachine
    /// Bytes of all notes, where that was recorded.
    var noteSize: UInt64?
    var segments: [Segment]
    /// Bytes of the file, where that was recorded.
    var size: UInt64?

    var testDescription: String { machine.testDescription }

    init(
        _ machine: CrashedMachine,
        notes: UInt64?,
        _ segments: [(UInt64, UInt64, UInt64)],
        size: UInt64? = nil
    ) {
        self.machine = machine
        noteSize = notes
        self.segments = segments.map { Segment(offset: $0.0, physicalAddress: $0.1, size: $0.2) }
        self.size = size
    }

    static func all() throws -> [RecordedTable] {
        try before414() + before612() + since612()
    }
}
