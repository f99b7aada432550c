import BinaryCodec
import DebugImage
import Testing

@Suite("Structures of an ELF file")
struct StructureTests {
    private let section: SectionHeader = {
        var section = SectionHeader(.symbols)
        section.name = 0x0102_0304
        section.flags = [.allocate, .write]
        section.address = 0xc000_0000_0000_1000
        section.offset = 0x40
        section.size = 0x30
        section.link = 7
        section.info = 1
        section.alignment = 8
        section.entrySize = 24
        return section
    }()

    private let symbol = SymbolEntry(name: 5, info: 0x11, section: 2, value: 0x1122_3344_5566_7788, size: 9)

    @Test("a section header is read as it was written", arguments: Endianness.allCases)
    func sectionRoundTrip(endianness: Endianness) throws {
        var writer = BinaryWriter(endianness)
        section.write(to: &writer)
        #expect(writer.count == SectionHeader.byteCount)
        var reader = BinaryReader(writer.bytes, endianness)
        #expect(try SectionHeader(parsing: &reader) == section)
        for length in writer.bytes.indices {
            var short = BinaryReader(writer.bytes.prefix(length), endianness)
            #expect(throws: BinaryError.self) { try SectionHeader(parsing: &short) }
        }
    }

    @Test("a symbol is read as it was written", arguments: Endianness.allCases)
    func symbolRoundTrip(endianness: Endianness) throws {
        var writer = BinaryWriter(endianness)
        symbol.write(to: &writer)
        #expect(writer.count == SymbolEntry.byteCount)
        var reader = BinaryReader(writer.bytes, endianness)
        #expect(try SymbolEntry(parsing: &reader) == symbol)
        for length in writer.bytes.indices {
            var short = BinaryReader(writer.bytes.prefix(length), endianness)
            #expect(throws: BinaryError.self) { try SymbolEntry(parsing: &short) }
        }
    }

    @Test("a symbol has its bytes where the ABI says")
    func golden() {
        var writer = BinaryWriter(.big)
        symbol.write(to: &writer)
        #expect(
            writer.bytes == [
                0, 0, 0, 5, 0x11, 0, 0, 2, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0, 0, 0, 0, 0, 0,
                0, 9,
            ]
        )
        writer = BinaryWriter(.little)
        section.write(to: &writer)
        #expect(
            Array(writer.bytes.prefix(24)) == [
                4, 3, 2, 1, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0xc0,
            ]
        )
    }
}
