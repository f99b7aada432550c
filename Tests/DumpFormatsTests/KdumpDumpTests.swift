import BinaryCodec
import CoreFile
import PhysicalMemory
import Testing

@testable import DumpFormats

@Suite("kdump-compressed files")
struct KdumpDumpTests {
    private let pages: [KdumpBuilder.Page] = [
        .stored(1), .filtered, .stored(2), .noMemory, .noMemory, .stored(3), .filtered, .filtered, .stored(4),
    ]
    private let expected: [FrameContents] = [
        .present, .absent, .present, .notMemory, .notMemory, .present, .absent, .absent, .present,
    ]

    @Test("every frame has what its bitmaps say, in either byte order", arguments: Endianness.allCases)
    func frames(_ endianness: Endianness) throws {
        var builder = KdumpBuilder(pages)
        builder.endianness = endianness
        let reader = try DumpReader([TestBytes(builder.bytes())])
        #expect(try (0..<9).map { try reader.frame(UInt64($0)).contents } == expected)
        #expect(try reader.frame(9).contents == .notMemory)
        #expect(try reader.frame(.max).contents == .notMemory)
        #expect(try [0, 2, 5, 8, 1].map { try reader.frame($0).bytes[4095] } == [1, 2, 3, 4, 0])
        let found = reader.description
        #expect(found.endianness == endianness)
        #expect(found.machine == .ppc64)
        #expect(found.release == "7.2.13")
        #expect(found.pageSize == 4096)
        #expect(found.dumpLevel == 31)
        #expect(found.vmcoreinfo?["PAGESIZE"] == "4096")
        #expect(
            found.memory == [AddressRange(0, upTo: 0x3000), AddressRange(0x5000, upTo: 0x9000)]
        )
    }

    @Test("headers of every version say what they can", arguments: 0...6)
    func versions(_ version: UInt32) throws {
        var builder = KdumpBuilder(pages)
        builder.version = version
        let notes = [VMCoreInfo(text: "OSRELEASE=of the notes\n").note]
        builder.notes = notes
        let reader = try DumpReader([TestBytes(builder.bytes())])
        #expect(try reader.frame(8).bytes[0] == 4)
        #expect(reader.description.dumpLevel == (version >= 1 ? 31 : nil))
        #expect(reader.description.notes == (version >= 4 ? notes : []))
        #expect(reader.description.release == (version >= 3 ? "7.2.13" : "7.2.13-fadump"))
    }

    @Test("more frames than one kept count stands for: the descriptor of a frame far away is found")
    func rank() throws {
        // 30000 bits a bitmap at most here, so the chunk boundary is tested on the bitmap itself.
        var bits = [UInt8](repeating: 0, count: 10000)
        for index in stride(from: 0, to: 80000, by: 3) { bits[index / 8] |= 1 << UInt8(index % 8) }
        let bitmap = Bitmap(TestBytes([9, 9] + bits), at: 2, frames: 79999, "bits")
        for frame in [0, 1, 3, 32767, 32768, 32769, 65536, 70000, 79998, 79999, 1 << 40] as [UInt64] {
            #expect(try bitmap.rank(of: frame) == (min(frame, 79999) + 2) / 3)
        }
        #expect(try bitmap.run(at: 3) == (true, 4))
        #expect(try bitmap.run(at: 4) == (false, 6))
        #expect(try bitmap.run(at: 80000) == (false, .max))
        #expect(throws: DumpFailure.self) { try Bitmap(TestBytes([1]), at: 0, frames: 9, "bits").rank(of: 9) }
    }

    @Test("a page that an incomplete file lacks is absent; in another file it is an error")
    func incomplete() throws {
        var builder = KdumpBuilder([.stored(1), .lost, .stored(3)])
        builder.status = .incomplete
        let reader = try DumpReader([TestBytes(builder.bytes())])
        #expect(reader.description.isIncomplete)
        #expect(try (0..<3).map { try reader.frame($0).contents } == [.present, .absent, .present])
        builder.status = []
        let other = try DumpReader([TestBytes(builder.bytes())])
        #expect(throws: DumpFailure.self) { try other.frame(1) }
    }

    @Test("split files are one dump in any order; a missing, doubled or foreign part is told")
    func split() throws {
        func part(_ frames: Range<Int>, _ information: String = "PAGESIZE=4096\n") -> TestBytes {
            var builder = KdumpBuilder(pages)
            builder.split = frames
            builder.information = information
            return TestBytes(builder.bytes())
        }
        let reader = try DumpReader([part(5..<9), part(2..<2), part(0..<2), part(9..<9), part(2..<5)])
        #expect(reader.description.files == 5)
        #expect(try (0..<9).map { try reader.frame(UInt64($0)).contents } == expected)
        #expect(try [0, 2, 5, 8].map { try reader.frame($0).bytes[7] } == [1, 2, 3, 4])
        let refused: [[TestBytes]] = [
            [part(0..<5)], [part(0..<2), part(5..<9)], [part(0..<5), part(4..<9)],
            [part(0..<5), part(5..<10)],
            [part(0..<5), part(5..<9, "PAGESIZE=65536\n")],
            [part(0..<5), TestBytes(KdumpBuilder(pages).bytes())],
            [part(0..<5), TestBytes(ELFDumpTests.core([(0, 16, 16, 1)]))], [],
        ]
        for files in refused { #expect(throws: DumpFailure.self) { try DumpReader(files) } }
    }

    @Test(
        "what a header cannot mean is refused at its field",
        arguments: [
            (8, 0xffff_ffff, "header_version", 8), (428, 5000, "block_size", 428),
            (436, 0x7fff_ffff, "bitmaps", 12288), (4096 + 40, 0x10_0001, "size_vmcoreinfo", 4096 + 40),
            (4096 + 56, 0x7fff_ffff, "size_note", 4096 + 56), (4096 + 96, 0x8001, "max_mapnr_64", 4096 + 96),
        ] as [(Int, UInt32, String, Int)]
    )
    func refused(_ at: Int, _ value: UInt32, _ field: String, _ offset: Int) throws {
        var bytes = KdumpBuilder(pages).bytes()
        bytes.replaceSubrange(
            at..<(at + 4),
            with: (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        )
        let error = #expect(throws: DumpFailure.self) { try DumpReader([TestBytes(bytes)]) }
        switch error {
        case .malformed(.invalid(field, offset, _), _), .malformed(.truncated(field, offset, _, _), _): break
        default: Issue.record("\(String(describing: error))")
        }
    }

    @Test("headers and descriptors survive being written and read", arguments: Endianness.allCases)
    func roundTrip(_ endianness: Endianness) throws {
        var header = KdumpHeader(
            endianness: endianness,
            systemName: ["Linux", "", "7.2.13", "#1", "ppc64", "none"],
            status: [.lzo, .incomplete],
            blockSize: 65536,
            bitmapBlocks: 4,
            frameLimit: 99
        )
        header.seconds = 1_795_422_835
        header.cpuCount = 2
        var writer = BinaryWriter(.big)
        header.write(to: &writer)
        #expect(writer.count == KdumpHeader.byteCount)
        #expect(try KdumpHeader(parsing: writer.bytes) == header)

        var second = KdumpSubHeader()
        second.dumpLevel = 17
        second.split = 1
        second.frames = (3, 1 << 40)
        second.information = (1, 2)
        second.notes = (3, 4)
        second.eraseInformation = (5, 6)
        second.frameLimit = 1 << 41
        writer = BinaryWriter(endianness)
        second.write(to: &writer)
        #expect(writer.count == KdumpSubHeader.byteCount)
        #expect(try KdumpSubHeader(parsing: writer.bytes, endianness, version: 6) == second)

        let descriptor = PageDescriptor(offset: 1 << 50, size: 12, flags: .zstd)
        writer = BinaryWriter(endianness)
        descriptor.write(to: &writer)
        #expect(writer.count == PageDescriptor.byteCount)
        #expect(try PageDescriptor(parsing: writer.bytes, endianness) == descriptor)
    }

    @Test("fields of the headers lie where makedumpfile puts them")
    func golden() throws {
        let bytes = KdumpBuilder(pages).bytes()
        #expect(Array(bytes[0..<12]) == Array("KDUMP   ".utf8) + [6, 0, 0, 0])
        #expect(Array(bytes[12 + 130..<12 + 143]) == Array("7.2.13-fadump".utf8))
        #expect(Array(bytes[428..<432]) == [0, 0x10, 0, 0])
        #expect(Array(bytes[4096 + 8..<4096 + 12]) == [31, 0, 0, 0])
        #expect(Array(bytes[4096 + 96..<4096 + 104]) == [9, 0, 0, 0, 0, 0, 0, 0])
        // The descriptor of the first page, behind four blocks of headers and bitmaps; four pages are stored.
        let offset = 5 * 4096 + 4 * 24
        let place = [UInt8(offset & 0xff), UInt8(offset >> 8), 0, 0, 0, 0, 0, 0]
        #expect(Array(bytes[5 * 4096..<5 * 4096 + 16]) == place + [0, 0x10, 0, 0, 0, 0, 0, 0])
    }
}
