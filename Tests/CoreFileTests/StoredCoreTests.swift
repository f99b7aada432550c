import CoreFile
import PhysicalMemory
import SystemPackage
import Testing

/// How a kernel lays out a core file of two segments, and where the first one has to begin.
private struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var layout: CoreLayout
    var first: UInt64

    static let all = [
        // Linux 3.4, with the notes of two CPUs and 1500 bytes of VMCOREINFO.
        Case(testDescription: "packed", layout: .packed, first: 0xaf4),
        // Linux 6.1: a page of headers, a page of notes, and the place that the copy of boot memory has in its page.
        Case(
            testDescription: "page-aligned",
            layout: .pageAligned(pageSize: 0x1_0000, noteAlignment: 4),
            first: 0x2_1020
        ),
    ]
}

@Suite("A core file as the file of one store")
struct StoredCoreTests {
    private static let size: UInt64 = 0x40_0000
    private static let boot = range(0, count: 0x10_0000)
    /// Where boot memory is after the crash: at no boundary of a page, with other memory in the same pages.
    private static let copy: UInt64 = 0x20_1020
    private static let segments = [
        segment(0, count: boot.count, at: copy), segment(boot.count, count: 0x10_0000),
    ]
    private static let notes = [
        note(ofSize: 0x20c), note(ofSize: 0x20c), note(ofSize: 0x5f4),
    ]

    private func core(_ layout: CoreLayout, of ram: PhysicalRAM) throws -> CoreFile {
        try CoreFile(
            endianness: .big,
            machine: .ppc64,
            flags: 0,
            notes: Self.notes,
            segments: Self.segments,
            layout: layout,
            ram: ram
        )
    }

    /// Where memory has to lie before the crash: what is in the copy afterwards is in boot memory then.
    private func order(_ layout: CoreLayout, of map: MemoryMap) throws -> StoreLayout {
        let places = try CoreFile.predictedPlaces(
            noteSize: UInt64(Self.notes.reduce(0) { $0 + $1.byteCount }),
            segments: Self.segments,
            layout: layout
        )
        let copy = range(Self.copy, count: Self.boot.count)
        let parts = places.flatMap { place in
            let shown =
                place.shown.subtracting(copy) + [place.shown.intersection(copy)].filter { !$0.isEmpty }
            return shown.map { part in
                let from = copy.contains(part.start) ? part.start.rawValue - Self.copy : part.start.rawValue
                let offset = place.offset + (part.start.rawValue - place.shown.start.rawValue)
                return StoreLayout.Part(range: range(from, count: part.count), offset: offset)
            }
        }
        let last = try #require(places.last)
        return try #require(StoreLayout(parts, of: map, size: last.offset + last.shown.count))
    }

    /// A store's file, read by its descriptor.
    private func file(_ store: MemoryStore) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0xee, count: Int(store.size) + 1)
        let count = try bytes.withUnsafeMutableBytes {
            try store.descriptor.read(fromAbsoluteOffset: 0, into: $0)
        }
        return Array(bytes[..<count])
    }

    /// After a crash: boot memory shows in the copy, and all of it is frozen.
    private func crashed(_ ram: PhysicalRAM) throws -> PhysicalRAM {
        var ram = ram
        try ram.alias(Self.boot, at: PhysicalAddress(Self.copy))
        ram.freeze(range(0, count: Self.size))
        try ram.renew(Self.boot)
        return ram
    }

    private func written() throws -> PhysicalRAM {
        let ram = try PhysicalRAM(map: MemoryMap(size: Self.size))
        let bytes = (0..<Int(Self.size)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) | 1 }
        try ram.write(bytes, at: 0)
        return ram
    }

    @Test(
        "memory that lies as foreseen is, byte for byte, the core file that is read piece by piece",
        arguments: Case.all
    )
    fileprivate func layout(_ example: Case) throws {
        let direct = try core(example.layout, of: crashed(written()))
        #expect(direct.programHeaders[1].offset == example.first)

        var ram = try written()
        #expect(try ram.lay(out: order(example.layout, of: ram.map), copyingAtMost: .max))
        let stored = try core(example.layout, of: crashed(ram))
        let store = try #require(stored.image.settling).carryOut()
        #expect(try file(store) == direct.bytes())
        #expect(try stored.bytes() == direct.bytes())
    }
}
