import BinaryCodec
import CoreFile
import PhysicalMemory
import SystemPackage
import Testing

/// Core files as real kernels made them, rebuilt from the same machines.
@Suite("Core files laid out as recorded kernels did")
struct RecordedCoreTests {
    private func ram(_ ranges: [AddressRange]) throws -> PhysicalRAM {
        try PhysicalRAM(map: MemoryMap(ranges))
    }

    private let twoGiB = [range(0, count: 0x8000_0000)]
    private let twoRanges = [range(0, count: 0x1000_0000), range(0x1000_0000, count: 0x7000_0000)]

    /// The notes of the recording, put together anew from the registers and the text that are in them.
    private func recordedNotes() throws -> [ELFNote] {
        let reader = try CoreFileReader(bytes: Recording34.bytes)
        let text = try #require(reader.vmcoreinfo)
        return try reader.cpus().map { $0.note(.big) } + [text.note]
    }

    private func table(_ core: CoreFile) -> [[UInt64]] {
        core.programHeaders.dropFirst().map { [$0.offset, $0.physicalAddress, $0.fileSize] }
    }

    @Test("3.4.113, 2 GiB in two ranges: headers and notes are the recorded bytes, and so is the size")
    func linux34() throws {
        let core = try CoreFile(
            endianness: .big,
            machine: .ppc64,
            flags: 0,
            notes: recordedNotes(),
            segments: [
                segment(0, count: 0x1400_0000, at: 0x6bff_0a00),
                segment(0, count: 0x1000_0000, at: 0x6bff_0a00),
                segment(0x1000_0000, count: 0x5bff_0000),
            ],
            layout: .packed,
            ram: ram(twoRanges)
        )
        #expect(try core.bytes(0xa50) == Recording34.bytes)
        #expect(core.size == 2_147_420_752)
    }

    @Test("3.4.113, 2 GiB in one range: the recorded program headers and size")
    func linux34OneRange() throws {
        let core = try CoreFile(
            endianness: .big,
            machine: .ppc64,
            flags: 0,
            notes: recordedNotes(),
            segments: [
                segment(0, count: 0x1000_0000, at: 0x6fff_0a00), segment(0x1000_0000, count: 0x5fff_0000),
            ],
            layout: .packed,
            ram: ram(twoGiB)
        )
        let headers = Hexdump.pairs(
            """
            7f 45 4c 46 02 02 01 00 00 00 00 00 00 00 00 00 00 04 00 15 00 00 00 01 00 00 00 00 00 00 00 00
            00 00 00 00 00 00 00 40 00 00 00 00 00 00 00 00 00 00 00 00 00 40 00 38 00 03 00 00 00 00 00 00
            00 00 00 04 00 00 00 00 00 00 00 00 00 00 00 e8 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
            00 00 00 00 00 00 09 30 00 00 00 00 00 00 09 30 00 00 00 00 00 00 00 00
            00 00 00 01 00 00 00 07 00 00 00 00 00 00 0a 18 c0 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
            00 00 00 00 10 00 00 00 00 00 00 00 10 00 00 00 00 00 00 00 00 00 00 00
            00 00 00 01 00 00 00 07 00 00 00 00 10 00 0a 18 c0 00 00 00 10 00 00 00 00 00 00 00 10 00 00 00
            00 00 00 00 5f ff 00 00 00 00 00 00 5f ff 00 00 00 00 00 00 00 00 00 00
            """
        )
        #expect(try core.bytes(0xe8) == headers)
        #expect(core.size == 1_878_985_240)
    }

    @Test("the design document's machine with 2 CPUs and 1500 bytes of VMCOREINFO")
    func designDocument() throws {
        let info = ELFNote(name: "VMCOREINFO", type: 0, descriptor: Array(repeating: 0x20, count: 1500))
        let cpus = (0..<2).map { PRStatus(registers: registers(cpu: $0)).note(.big) }
        let core = try CoreFile(
            endianness: .big,
            machine: .ppc64,
            flags: 0,
            notes: cpus + [info],
            segments: [
                segment(0, count: 0x1000_0000, at: 0x6fff_1020), segment(0x1000_0000, count: 0x5ffb_0000),
            ],
            layout: .packed,
            ram: ram(twoGiB)
        )
        #expect(core.programHeaders[0].offset == 0xe8)
        #expect(core.programHeaders[0].fileSize == 2572)
        #expect(table(core) == [[0xaf4, 0, 0x1000_0000], [0x1000_0af4, 0x1000_0000, 0x5ffb_0000]])
        #expect(core.size == 0x6ffb_0af4)
    }

    @Test(
        "4.4.155, page aligned: offsets keep their place in the page, and the recorded header bytes come out"
    )
    func linux44() throws {
        let core = try CoreFile(
            endianness: .little,
            machine: .ppc64,
            flags: 2,
            notes: [note(ofSize: 0xb98)],
            segments: [
                segment(0, count: 0x1400_0000, at: 0x6bff_0a00),
                segment(0, count: 0x1000_0000, at: 0x6bff_0a00),
                segment(0x1000_0000, count: 0x5bff_0000),
            ],
            layout: .pageAligned(pageSize: 0x1_0000, noteAlignment: 0),
            ram: ram(twoRanges)
        )
        let headers = Hexdump.pairs(
            """
            7f 45 4c 46 02 01 01 00 00 00 00 00 00 00 00 00 04 00 15 00 01 00 00 00 00 00 00 00 00 00 00 00
            40 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 02 00 00 00 40 00 38 00 04 00 00 00 00 00 00 00
            04 00 00 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
            98 0b 00 00 00 00 00 00 98 0b 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01 00 00 00 07 00 00 00
            00 0a 02 00 00 00 00 00 00 00 00 00 00 00 00 c0 00 00 00 00 00 00 00 00 00 00 00 14 00 00 00 00
            00 00 00 14 00 00 00 00 00 00 00 00 00 00 00 00 01 00 00 00 07 00 00 00 00 0a 03 14 00 00 00 00
            00 00 00 00 00 00 00 c0 00 00 00 00 00 00 00 00 00 00 00 10 00 00 00 00 00 00 00 10 00 00 00 00
            00 00 00 00 00 00 00 00 01 00 00 00 07 00 00 00 00 00 04 24 00 00 00 00 00 00 00 10 00 00 00 c0
            00 00 00 10 00 00 00 00 00 00 ff 5b 00 00 00 00 00 00 ff 5b 00 00 00 00 00 00 00 00 00 00 00 00
            """
        )
        #expect(try core.bytes(0x1_0000) == headers + Array(repeating: 0, count: 0x1_0000 - headers.count))
        #expect(core.size == 2_147_680_256)
    }

    @Test(
        "4.14 to 5.4, whose dump section is not page aligned",
        arguments: [0xc18, 0xc30, 0xa24]
    )
    func linux414(_ noteSize: Int) throws {
        let core = try CoreFile(
            endianness: .little,
            machine: .ppc64,
            flags: 2,
            notes: [note(ofSize: noteSize)],
            segments: [
                segment(0, count: 0x2000_0000, at: 0x2000_0a00), segment(0x4001_0000, count: 0x3fff_0000),
            ],
            layout: .pageAligned(pageSize: 0x1_0000, noteAlignment: 0),
            ram: ram(twoGiB)
        )
        #expect(core.programHeaders[0].offset == 0x1_0000)
        #expect(core.programHeaders[0].fileSize == UInt64(noteSize))
        #expect(
            table(core) == [[0x2_0a00, 0, 0x2000_0000], [0x2003_0000, 0x4001_0000, 0x3fff_0000]]
        )
        #expect(core.size == 1_610_743_808)
    }

    @Test("7.2.13 with 64 KiB pages: the rest of memory begins inside a page")
    func linux72() throws {
        let core = try CoreFile(
            endianness: .little,
            machine: .ppc64,
            flags: 2,
            notes: [note(ofSize: 0x11b4)],
            segments: [
                segment(0, count: 0x2000_0000, at: 0x2001_0000), segment(0x4001_02a8, count: 0x3ffe_fd58),
            ],
            layout: .pageAligned(pageSize: 0x1_0000, noteAlignment: 4),
            ram: ram(twoGiB)
        )
        let headers = Hexdump.pairs(
            """
            7f 45 4c 46 02 01 01 00 00 00 00 00 00 00 00 00 04 00 15 00 01 00 00 00 00 00 00 00 00 00 00 00
            40 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 02 00 00 00 40 00 38 00 03 00 00 00 00 00 00 00
            04 00 00 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
            b4 11 00 00 00 00 00 00 b4 11 00 00 00 00 00 00 04 00 00 00 00 00 00 00 01 00 00 00 07 00 00 00
            00 00 02 00 00 00 00 00 00 00 00 00 00 00 00 c0 00 00 00 00 00 00 00 00 00 00 00 20 00 00 00 00
            00 00 00 20 00 00 00 00 00 00 00 00 00 00 00 00 01 00 00 00 07 00 00 00 a8 02 02 20 00 00 00 00
            a8 02 01 40 00 00 00 c0 a8 02 01 40 00 00 00 00 58 fd fe 3f 00 00 00 00 58 fd fe 3f 00 00 00 00
            00 00 00 00 00 00 00 00
            """
        )
        #expect(try core.bytes(0x1_0000) == headers + Array(repeating: 0, count: 0x1_0000 - headers.count))
        #expect(core.size == 1_610_678_272)
    }

    @Test("7.2.13 with 4 KiB pages: the notes take two pages")
    func linux72SmallPages() throws {
        let core = try CoreFile(
            endianness: .little,
            machine: .ppc64,
            flags: 2,
            notes: [note(ofSize: 0x11b4)],
            segments: [
                segment(0, count: 0x2000_0000, at: 0x2000_1000), segment(0x4000_12a8, count: 0x3fff_ed58),
            ],
            layout: .pageAligned(pageSize: 0x1000, noteAlignment: 4),
            ram: ram(twoGiB)
        )
        #expect(core.programHeaders[0].offset == 0x1000)
        #expect(
            table(core) == [[0x3000, 0, 0x2000_0000], [0x2000_32a8, 0x4000_12a8, 0x3fff_ed58]]
        )
        #expect(core.size == 1_610_620_928)
    }

    @Test("the predicted size of the front is where the first segment's pages begin", arguments: 0..<4)
    func predicted(_ segments: Int) throws {
        let list = (0..<segments).map { segment(UInt64($0) << 20, count: 1 << 20) }
        let layouts: [CoreLayout] = [.packed, .pageAligned(pageSize: 0x1000, noteAlignment: 4)]
        for layout in layouts {
            let core = try CoreFile(
                endianness: .big,
                machine: .ppc64,
                flags: 0,
                notes: [note(ofSize: 0x120)],
                segments: list,
                layout: layout,
                ram: ram(twoGiB)
            )
            let front = try CoreFile.predictedHeaderSize(noteSize: 0x120, segments: segments, layout: layout)
            #expect(front == core.size - UInt64(segments) << 20)
            if let first = core.programHeaders.dropFirst().first { #expect(first.offset == front) }
        }
    }
}
