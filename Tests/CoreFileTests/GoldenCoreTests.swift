import BinaryCodec
import CoreFile
import PhysicalMemory
import Testing

func range(_ lower: UInt64, _ upper: UInt64) -> AddressRange {
    AddressRange(PhysicalAddress(lower), upTo: PhysicalAddress(upper))
}

func hex(_ text: String) -> [UInt8] {
    let digits = text.filter(\.isHexDigit)
    return stride(from: 0, to: digits.count, by: 2).compactMap { at in
        let start = digits.index(digits.startIndex, offsetBy: at)
        return UInt8(digits[start..<digits.index(start, offsetBy: 2)], radix: 16)
    }
}

@Suite("Core files held against recorded ones")
struct GoldenCoreTests {
    /// The machine of the recordings: 2 GiB in two memory ranges, 320 MB of boot memory copied to 0x6bff0a00.
    static let segments = [
        CoreSegment(
            physicalAddress: 0, virtualAddress: 0xc000_0000_0000_0000,
            source: range(0x6bff_0a00, 0x7fff_0a00)),
        CoreSegment(physicalAddress: 0, virtualAddress: 0xc000_0000_0000_0000, source: range(0x6bff_0a00, 0x7bff_0a00)),
        CoreSegment(
            physicalAddress: 0x1000_0000, virtualAddress: 0xc000_0000_1000_0000,
            source: range(0x1000_0000, 0x6bff_0000)),
    ]

    static func ram() throws -> PhysicalRAM {
        try PhysicalRAM(map: MemoryMap([range(0, 0x1000_0000), range(0x1000_0000, 0x8000_0000)]))
    }

    /// ELF header and program headers of /proc/vmcore, recorded from a 3.4.113 kernel.
    static let recorded34 = hex(
        """
        7f454c46020201000000000000000000 00040015000000010000000000000000
        00000000000000400000000000000000 00000000004000380004000000000000
        00000004000000000000000000000120 00000000000000000000000000000000
        00000000000009300000000000000930 00000000000000000000000100000007
        0000000000000a50c000000000000000 00000000000000000000000014000000
        00000000140000000000000000000000 00000001000000070000000014000a50
        c0000000000000000000000000000000 00000000100000000000000010000000
        00000000000000000000000100000007 0000000024000a50c000000010000000
        0000000010000000000000005bff0000 000000005bff00000000000000000000
        """)

    @Test("headers and size are those of a recorded 3.4.113, byte for byte")
    func packed() throws {
        let notes = (0..<2).map { _ in PRStatus(registers: PowerRegisters()).note(.big) }
        let info = ELFNote(name: "VMCOREINFO", type: 0, descriptor: Array(repeating: 65, count: 1279))
        let core = try CoreFile(
            endianness: .big, machine: .ppc64, flags: 0, notes: notes + [info], segments: Self.segments,
            layout: .packed, ram: try Self.ram())
        #expect(core.size == 2_147_420_752)
        #expect(core.image.read(at: 0, count: Self.recorded34.count) == Self.recorded34)
        #expect(CoreFile.headerSize(noteSize: 0x930, segments: 3, .packed) == 0xa50)
    }

    @Test("a page-aligned layout has the offsets and size of a recorded 4.4.155")
    func pageAligned() throws {
        let note = ELFNote(name: "CORE", type: 1, descriptor: Array(repeating: 0, count: 0xb98 - 20))
        let core = try CoreFile(
            endianness: .little, machine: .ppc64, flags: 2, notes: [note], segments: Self.segments,
            layout: .pageAligned(pageSize: 0x10000, noteAlignment: 0), ram: try Self.ram())
        #expect(core.programHeaders.map(\.offset) == [0x10000, 0x20a00, 0x1403_0a00, 0x2404_0000])
        #expect(core.programHeaders[0].fileSize == 0xb98)
        #expect(core.size == 2_147_680_256)
    }

    @Test("the first segment begins in its page where the copy does; a terminated area leaves an odd start (7.2.13)")
    func unalignedRest() throws {
        let ram = try PhysicalRAM(map: MemoryMap(size: 2 << 30))
        let note = ELFNote(name: "CORE", type: 1, descriptor: Array(repeating: 0, count: 0x11b4 - 20))
        let segments = [
            CoreSegment(
                physicalAddress: 0, virtualAddress: 0xc000_0000_0000_0000,
                source: range(0x2001_0000, 0x4001_0000)),
            CoreSegment(
                physicalAddress: 0x4001_02a8, virtualAddress: 0xc000_0000_4001_02a8,
                source: range(0x4001_02a8, 0x8000_0000)),
        ]
        let core = try CoreFile(
            endianness: .little, machine: .ppc64, flags: 2, notes: [note], segments: segments,
            layout: .pageAligned(pageSize: 0x10000, noteAlignment: 4), ram: ram)
        #expect(core.programHeaders.map(\.offset) == [0x10000, 0x20000, 0x200202a8])
        #expect(core.programHeaders[0].alignment == 4)
        #expect(core.size == 1_610_678_272)
    }

    @Test("memory is read through the file at its physical address, boot memory from the copy")
    func contents() throws {
        let ram = try Self.ram()
        try ram.write(Array("copy".utf8), at: PhysicalAddress(0x6bff_0a00 + 0x1234))
        try ram.write(Array("rest".utf8), at: 0x5000_0001)
        let core = try CoreFile(
            endianness: .big, machine: .ppc64, flags: 0, notes: [], segments: Self.segments, layout: .packed,
            ram: ram)
        let reader = try CoreFileReader { offset, count in core.image.read(at: offset, count: count) }
        #expect(try reader.read(physical: 0x1234, count: 4) == Array("copy".utf8))
        #expect(try reader.read(physical: 0x5000_0001, count: 4) == Array("rest".utf8))
        #expect(throws: BinaryError.self) { try reader.read(physical: 0x7000_0000, count: 4) }
        #expect(core.segmentTypes == [.note, .load, .load, .load])
    }
}

extension CoreFile {
    var segmentTypes: [SegmentType] { programHeaders.map(\.type) }
}
