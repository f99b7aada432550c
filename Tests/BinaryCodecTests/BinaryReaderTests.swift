import BinaryCodec
import Testing

@Suite("The binary reader")
struct BinaryReaderTests {
    let bytes: [UInt8] = [
        0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x10, 0x32, 0x54, 0x76, 0x98, 0xba, 0xdc,
    ]

    @Test("reads fields of every width in big-endian order")
    func bigEndian() throws {
        var reader = BinaryReader(bytes, .big)
        #expect(try reader.u8("a") == 0x01)
        #expect(try reader.u16("b") == 0x2345)
        #expect(try reader.u32("c") == 0x6789_abcd)
        #expect(try reader.u64("d") == 0xef10_3254_7698_badc)
        #expect(reader.offset == 15)
        #expect(reader.remaining == 0)
    }

    @Test("reads fields of every width in little-endian order")
    func littleEndian() throws {
        var reader = BinaryReader(bytes, .little)
        #expect(try reader.u8("a") == 0x01)
        #expect(try reader.u16("b") == 0x4523)
        #expect(try reader.u32("c") == 0xcdab_8967)
        #expect(try reader.u64("d") == 0xdcba_9876_5432_10ef)
    }

    @Test("changes its byte order between fields")
    func mixedOrder() throws {
        var reader = BinaryReader([0x12, 0x34, 0x12, 0x34] as [UInt8], .big)
        #expect(try reader.u16("first") == 0x1234)
        reader.endianness = .little
        #expect(try reader.u16("second") == 0x3412)
    }

    @Test("counts offsets from the start of what it was given, not of the array behind it")
    func slices() throws {
        var reader = BinaryReader(bytes[8...], .big)
        #expect(reader.remaining == 7)
        #expect(try reader.u8("first") == 0x10)
        #expect(reader.offset == 1)
        #expect(throws: BinaryError.truncated(field: "word", offset: 1, needed: 8, available: 6)) {
            try reader.u64("word")
        }
    }

    @Test("truncated before any byte of a record, it names the field, its offset and what is missing")
    func truncatedAtEveryLength() {
        func parse(_ bytes: some Sequence<UInt8>) throws(BinaryError) {
            var reader = BinaryReader(bytes, .big)
            _ = try reader.u8("kind")
            _ = try reader.u16("flags")
            _ = try reader.u32("length")
            _ = try reader.u64("address")
        }
        let fields: [(name: String, offset: Int, size: Int)] = [
            ("kind", 0, 1), ("flags", 1, 2), ("length", 3, 4), ("address", 7, 8),
        ]
        for length in 0..<bytes.count {
            let missing = fields.last { $0.offset <= length }
            guard let missing else { continue }
            #expect(
                throws: BinaryError.truncated(
                    field: missing.name,
                    offset: missing.offset,
                    needed: missing.size,
                    available: length - missing.offset
                )
            ) { try parse(bytes.prefix(length)) }
        }
        #expect(throws: Never.self) { try parse(bytes) }
    }

    @Test("a refused read consumes nothing")
    func refusedReadsConsumeNothing() throws {
        var reader = BinaryReader(bytes.prefix(3), .big)
        #expect(throws: BinaryError.self) { try reader.u32("word") }
        #expect(throws: BinaryError.self) { try reader.bytes(4, "run") }
        #expect(throws: BinaryError.self) { try reader.skip(4, "gap") }
        #expect(reader.offset == 0)
        #expect(try reader.bytes(3, "run") == [0x01, 0x23, 0x45])
    }

    @Test("a negative count is refused, whatever is left")
    func negativeCounts() {
        var reader = BinaryReader(bytes, .big)
        #expect(throws: BinaryError.truncated(field: "run", offset: 0, needed: -1, available: 15)) {
            try reader.bytes(-1, "run")
        }
        #expect(throws: BinaryError.self) { try reader.skip(.min, "gap") }
        #expect(throws: BinaryError.self) { try reader.bytes(.max, "run") }
    }

    @Test("errors read as sentences with field, offset and sizes")
    func descriptions() {
        let truncated = BinaryError.truncated(field: "e_phoff", offset: 32, needed: 8, available: 3)
        #expect(truncated.description == "e_phoff: needs 8 bytes at offset 32, but only 3 are left")
        let invalid = BinaryError.invalid(field: "ELF class", offset: 4, found: "1, not 2")
        #expect(invalid.description == "ELF class at offset 4: 1, not 2")
        #expect(BinaryError.overflow("size").description == "size: the result does not fit")
    }
}
