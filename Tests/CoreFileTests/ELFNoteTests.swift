import BinaryCodec
import CoreFile
import Testing

@Suite("Notes")
struct ELFNoteTests {
    private func written(_ list: NoteList, _ endianness: Endianness = .big) -> [UInt8] {
        var writer = BinaryWriter(endianness)
        list.write(to: &writer)
        return writer.bytes
    }

    @Test("name and contents are each padded to 4 bytes, and the sizes in front do not count the padding")
    func golden() {
        let note = ELFNote(name: "VMCOREINFO", type: 0, descriptor: [0xde, 0xad, 0xbe, 0xef, 0x01])
        let bytes = Hexdump.pairs(
            """
            00 00 00 0b 00 00 00 05 00 00 00 00 56 4d 43 4f 52 45 49 4e 46 4f 00 00
            de ad be ef 01 00 00 00
            """
        )
        #expect(written(NoteList([note])) == bytes)
        #expect(note.byteCount == bytes.count)
    }

    @Test("the notes of a recorded core are read, and written back byte for byte")
    func recorded() throws {
        let bytes = Array(Recording34.bytes[0x120...])
        let list = try NoteList(parsing: bytes, .big)
        #expect(list.notes.map(\.name) == ["CORE", "CORE", "VMCOREINFO"])
        #expect(list.notes.map(\.type) == [1, 1, 0])
        #expect(list.notes.map(\.descriptor.count) == [504, 504, 1279])
        #expect(list.notes.map(\.byteCount) == [0x20c, 0x20c, 0x518])
        #expect(list.byteCount == 0x930)
        #expect(written(list) == bytes)
    }

    @Test("notes of every size are read back, in either byte order", arguments: Endianness.allCases)
    func roundTrip(_ endianness: Endianness) throws {
        let list = NoteList(
            (0..<9).map { size in
                ELFNote(
                    name: String(repeating: "N", count: size),
                    type: UInt32(size),
                    descriptor: Array(repeating: 0xff, count: size)
                )
            }
        )
        let bytes = written(list, endianness)
        #expect(bytes.count == list.byteCount)
        #expect(try NoteList(parsing: bytes, endianness) == list)
    }

    @Test("a head of zeros ends the list, whatever follows")
    func end() throws {
        let note = ELFNote(name: "CORE", type: 1, descriptor: [1, 2, 3, 4])
        let bytes = written(NoteList([note]))
        let end = Array(repeating: UInt8(0), count: 12)
        #expect(try NoteList(parsing: bytes + end + [1, 2, 3], .big).notes == [note])
        #expect(try NoteList(parsing: bytes + end.dropLast(), .big).notes == [note])
        #expect(try NoteList(parsing: end, .big).notes.isEmpty)
        #expect(try NoteList(parsing: [], .big).notes.isEmpty)
    }

    @Test("cut off anywhere but between notes, a list is an error; only the very last padding may be missing")
    func truncated() throws {
        let list = NoteList([
            ELFNote(name: "CORE", type: 1, descriptor: [1, 2, 3, 4]),
            ELFNote(name: "VMCOREINFO", type: 0, descriptor: [5]),
        ])
        let bytes = written(list)
        #expect(bytes.count == 24 + 28)
        for length in 0..<bytes.count {
            let part = Array(bytes[..<length])
            switch length {
            // Zeros that are fewer than a head end the list: here those of the name's size, before its last byte.
            case 0...3: #expect(try NoteList(parsing: part, .big).notes.isEmpty)
            case 24...27: #expect(try NoteList(parsing: part, .big).notes.count == 1)
            case 49...51: #expect(try NoteList(parsing: part, .big) == list)
            default: #expect(throws: BinaryError.self) { try NoteList(parsing: part, .big) }
            }
        }
    }

    @Test("sizes beyond the end are an error that says which field, not a trap")
    func hugeSizes() {
        let name = Hexdump.pairs("ff ff ff ff 00 00 00 00 00 00 00 01 43 4f 52 45")
        #expect(
            throws: BinaryError.truncated(
                field: "note name",
                offset: 12,
                needed: 0xffff_ffff,
                available: 4
            )
        ) { try NoteList(parsing: name, .big) }
        let contents = Hexdump.pairs("00 00 00 04 ff ff ff fd 00 00 00 01 43 4f 52 45")
        #expect(
            throws: BinaryError.truncated(
                field: "note contents",
                offset: 16,
                needed: 0xffff_fffd,
                available: 0
            )
        ) { try NoteList(parsing: contents, .big) }
    }
}
