import BinaryCodec
import CoreFile
import DebugImage
import Testing

@Suite("A vmlinux out of a description")
struct ImageFileTests {
    /// The sections of a file by their names.
    private func sections(_ bytes: [UInt8]) throws -> [(name: String, header: SectionHeader, bytes: [UInt8])]
    {
        let header = try ELFHeader(parsing: bytes)
        var reader = BinaryReader(bytes, header.endianness)
        try reader.skip(Int(header.sectionHeaderOffset), "contents")
        var headers: [SectionHeader] = []
        for _ in 0..<header.sectionHeaderCount { headers.append(try SectionHeader(parsing: &reader)) }
        #expect(reader.remaining == 0)
        let names = headers[Int(header.sectionNames)]
        return headers.map { section in
            let start = Int(names.offset) + Int(section.name)
            let name = String(decoding: bytes[start...].prefix { $0 != 0 }, as: UTF8.self)
            let hasBytes = section.kind != .noContents && section.kind != .none
            let range = hasBytes ? Int(section.offset)..<Int(section.offset + section.size) : 0..<0
            return (name, section, Array(bytes[range]))
        }
    }

    @Test("it has the sections that were described, and the debugger's", arguments: Endianness.allCases)
    func layout(endianness: Endianness) throws {
        let bytes = try ImageFile(sample(endianness)).bytes
        let header = try ELFHeader(parsing: bytes)
        #expect(header.type == .executable && header.machine == .ppc64 && header.endianness == endianness)
        let found = try sections(bytes)
        #expect(
            found.map(\.name) == [
                "", ".text", ".data", ".rodata", ".note.gnu.build-id", ".debug_info", ".debug_abbrev",
                ".debug_str",
                ".symtab", ".strtab", ".shstrtab",
            ]
        )
        #expect(found[1].header.kind == .noContents && found[1].header.size == 0x1000)
        #expect(found[3].bytes == Array("Linux version 0".utf8))
        let note = try #require(try NoteList(parsing: found[4].bytes, endianness).notes.first)
        #expect(note.name == "GNU" && note.type == 3 && note.descriptor == Array(1...20))
    }

    @Test("symbols are in the section that has their address, in the order of addresses")
    func symbols() throws {
        let found = try sections(try ImageFile(sample(.big)).bytes)
        var reader = BinaryReader(found[8].bytes, .big)
        var symbols: [SymbolEntry] = []
        while reader.remaining > 0 { symbols.append(try SymbolEntry(parsing: &reader)) }
        let names = symbols.map { symbol in
            String(decoding: found[9].bytes[Int(symbol.name)...].prefix { $0 != 0 }, as: UTF8.self)
        }
        #expect(names == ["", "far_away", "_stext", "init_task"])
        #expect(symbols.map(\.section) == [0, 0xfff1, 1, 2])
        #expect(symbols[3].value == 0xc000_0000_0000_1100 && symbols[3].size == 24)
        #expect(symbols[2].info == 0x12 && symbols[3].info == 0x11)
    }

    @Test("the unit says its length, version 4 and addresses of 8 bytes", arguments: Endianness.allCases)
    func unit(endianness: Endianness) throws {
        let info = try sections(try ImageFile(sample(endianness)).bytes)[5].bytes
        var reader = BinaryReader(info, endianness)
        #expect(try reader.u32("length") == UInt32(info.count - 4))
        #expect(try reader.u16("version") == 4)
        #expect(try reader.u32("abbreviations") == 0)
        #expect(try reader.u8("address size") == 8)
    }

    @Test("the same description gives the same bytes")
    func deterministic() throws {
        #expect(try ImageFile(sample(.little)).bytes == ImageFile(sample(.little)).bytes)
    }
}
