import BinaryCodec
import CoreFile
import DumpFormats
import PhysicalMemory
import Testing

@Suite("ELF cores as captured")
struct ELFDumpTests {
    /// A core of hand-made segments: (physical address, bytes in the file, bytes in memory, first byte).
    static func core(
        _ segments: [(UInt64, UInt64, UInt64, UInt8)],
        information: String? = "OSRELEASE=7.2.13\nPAGESIZE=4096\n",
        _ endianness: Endianness = .little
    ) -> [UInt8] {
        var notes = BinaryWriter(endianness)
        if let information { VMCoreInfo(text: information).note.write(to: &notes) }
        var writer = BinaryWriter(endianness)
        let count = segments.count + 1
        ELFHeader(endianness: endianness, machine: .ppc64, flags: 2, programHeaderCount: UInt16(count))
            .write(to: &writer)
        var offset = UInt64(64 + 56 * count)
        ProgramHeader(type: .note, offset: offset, fileSize: UInt64(notes.count)).write(to: &writer)
        offset += UInt64(notes.count)
        for (address, fileSize, memorySize, _) in segments {
            ProgramHeader(
                type: .load,
                offset: offset,
                physicalAddress: address,
                fileSize: fileSize,
                memorySize: memorySize
            ).write(to: &writer)
            offset += fileSize
        }
        writer.put(notes.bytes)
        for (_, fileSize, _, byte) in segments { writer.put(Array(repeating: byte, count: Int(fileSize))) }
        return writer.bytes
    }

    @Test("what is there, what was left out and what is no memory are told apart")
    func states() throws {
        let reader = try DumpReader([
            TestBytes(Self.core([(0, 0x2000, 0x4000, 1), (0x8000, 0x1000, 0x1000, 2)]))
        ])
        #expect(reader.description.pageSize == 4096)
        #expect(reader.description.release == "7.2.13")
        #expect(reader.description.memory.map(\.count) == [0x4000, 0x1000])
        let found = try (0..<10).map { try reader.frame($0).contents }
        #expect(
            found == [
                .present, .present, .absent, .absent, .notMemory, .notMemory, .notMemory, .notMemory,
                .present,
                .notMemory,
            ]
        )
        #expect(try reader.frame(8).bytes == Array(repeating: 2, count: 4096))
        #expect(try reader.frame(2).bytes == Array(repeating: 0, count: 4096))
    }

    @Test("a segment that begins inside a page makes that page partial")
    func partial() throws {
        let reader = try DumpReader([
            TestBytes(Self.core([(0x12a8, 0xd58, 0xd58, 7), (0x2000, 0x10, 0x10, 8)]))
        ])
        #expect(try reader.frame(1).contents == .partial([0x2a8..<0x1000]))
        #expect(try reader.frame(2).contents == .partial([0..<0x10]))
        #expect(try reader.frame(1).bytes[0x2a7...0x2a8] == [0, 7])
    }

    @Test(
        "where segments overlap the first that has the bytes counts, and bytes count more than their absence"
    )
    func overlap() throws {
        let reader = try DumpReader([
            TestBytes(Self.core([(0, 0, 0x3000, 0), (0x1000, 0x1000, 0x1000, 1), (0, 0x2000, 0x2000, 2)]))
        ])
        #expect(try (0..<3).map { try reader.frame($0).bytes[0] } == [2, 1, 0])
        #expect(try reader.frame(2).contents == .absent)
        #expect(reader.description.memory == [AddressRange(0, upTo: 0x3000)])
    }

    @Test("without PAGESIZE a page is what is usual on the machine", arguments: [nil, "PAGESIZE=5000\n"])
    func pageSize(_ information: String?) throws {
        let reader = try DumpReader([TestBytes(Self.core([(0, 16, 16, 1)], information: information))])
        #expect(reader.description.pageSize == 65536)
    }

    @Test("holes of a sparse file need not be read, up to the end of a segment")
    func holes() throws {
        struct Sparse: DumpBytes {
            let bytes: TestBytes
            let hole: Range<UInt64>
            var name: String { bytes.name }
            var size: UInt64 { bytes.size }
            func read(
                at offset: UInt64,
                into buffer: UnsafeMutableRawBufferPointer
            ) throws(DumpFailure) -> Int {
                bytes.read(at: offset, into: buffer)
            }
            func data(from offset: UInt64) -> UInt64 { hole.contains(offset) ? hole.upperBound : offset }
        }
        let core = Self.core([(0, 0x4000, 0x4000, 0), (0x4000, 0x4000, 0x4000, 0)])
        let first = UInt64(core.count - 0x8000)
        let file = Sparse(bytes: TestBytes(core), hole: (first + 0x1000)..<UInt64(core.count))
        let reader = try DumpReader([file])
        #expect(reader.zeros(in: try reader.run(at: 0)) == 0)
        #expect(reader.zeros(in: try reader.run(at: 0x1800)) == 0x2800)
        #expect(reader.zeros(in: try reader.run(at: 0x4000)) == 0x4000)
        #expect(reader.zeros(in: try reader.run(at: 0x8000)) == 0)
    }

    @Test("a segment that wraps is refused")
    func wrapping() {
        #expect(throws: DumpFailure.self) {
            try DumpReader([TestBytes(Self.core([(UInt64.max - 1, 0, 0x3000, 0)]))])
        }
    }

    @Test("cut off anywhere: an error with a place in the file, or a reader whose reads fail beyond the end")
    func truncated() throws {
        let bytes = Self.core([(0, 0x40, 0x80, 1)])
        for length in 0..<bytes.count {
            do {
                let reader = try DumpReader([TestBytes(Array(bytes[..<length]))])
                #expect(throws: DumpFailure.self) { try reader.bytes(at: 0, 0x40) }
            } catch {
                guard case .malformed(_, file: "test") = error else {
                    Issue.record("\(length): \(error)")
                    continue
                }
            }
        }
    }
}
