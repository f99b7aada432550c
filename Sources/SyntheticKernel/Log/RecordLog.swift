import KernelProfile

/// The log of kernels from 3.5 to 5.9: records with a head, in a ring of bytes; none is cut at the end of the ring.
///
/// Source: `log_store`, `log_make_free_space` (Linux 3.10, kernel/printk.c).
struct RecordLog: MemoryLog {
    private let layout: KernelLayout
    private let record: StructureForm
    private var first = 0
    private var next = 0
    /// Where records begin, oldest first.
    private var records: ArraySlice<(place: Int, length: Int)> = []
    private var size: Int { 1 << KernelLayout.logShift }
    private static let head = 16
    private static let alignment = 4

    init(_ layout: KernelLayout, structure: String) {
        self.layout = layout
        record = StructureForm(structure, ["ts_nsec", "len", "text_len", "flags", "level"], layout)
    }

    mutating func start() -> [MemoryPatch] {
        let buffer = layout.architecture.imageAddress(layout.image.logText)
        return [
            layout.number(buffer, .logBuffer, width: 8),
            layout.number(UInt64(size), .logBufferLength, width: 4),
        ] + indices
    }

    mutating func append(_ lines: [LogLine]) -> [MemoryPatch] {
        var patches: [MemoryPatch] = []
        for line in lines {
            let text = Array(line.text.utf8.prefix(992))
            let length = (Self.head + text.count + Self.alignment - 1) / Self.alignment * Self.alignment
            if next + length + Self.head > size {
                // An empty head says that the log goes on at the start.
                free(next..<size)
                patches.append(patch(at: next, [UInt8](repeating: 0, count: Self.head)))
                next = 0
            }
            free(next..<(next + length + Self.head))
            let head = record.bytes(
                line.time &* 1000,
                UInt64(length),
                UInt64(text.count),
                KernelLayout.newline,
                UInt64(line.level)
            )
            let padding = [UInt8](repeating: 0, count: length - Self.head - text.count)
            patches.append(patch(at: next, head + text + padding))
            records.append((next, length))
            next += length
        }
        first = records.first?.place ?? next
        return patches + indices
    }

    /// Forgets the oldest records where they lie in the way.
    private mutating func free(_ room: Range<Int>) {
        while let oldest = records.first, room.overlaps(oldest.place..<(oldest.place + oldest.length)) {
            records.removeFirst()
        }
    }

    private func patch(at place: Int, _ bytes: [UInt8]) -> MemoryPatch {
        MemoryPatch(address: layout.image.logText + UInt64(place), bytes: bytes)
    }

    private var indices: [MemoryPatch] {
        [
            layout.number(UInt64(first), .logFirstIndex, width: 4),
            layout.number(UInt64(next), .logNextIndex, width: 4),
        ]
    }
}
