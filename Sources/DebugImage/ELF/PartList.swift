import BinaryCodec
import CoreFile

/// The sections of a file to come, in order; the first one is nothing, as ELF wants it.
struct PartList {
    private struct Part {
        var header: SectionHeader
        var bytes: [UInt8]
    }

    private var parts = [Part(header: SectionHeader(.none), bytes: [])]
    private var names = StringTable()

    private mutating func add(_ name: String, _ header: SectionHeader, _ bytes: [UInt8]) {
        var header = header
        header.name = names.offset(of: name)
        parts.append(Part(header: header, bytes: bytes))
    }

    /// A section that is not in the kernel's memory.
    mutating func add(_ name: String, _ bytes: [UInt8]) { add(name, SectionHeader(.contents), bytes) }

    mutating func add(_ section: ImageSection) {
        var header = SectionHeader(section.bytes == nil ? .noContents : .contents)
        header.flags = section.isCode ? [.allocate, .execute] : [.allocate, .write]
        header.address = section.address
        header.size = section.size
        header.alignment = 1
        add(section.name, header, section.bytes ?? [])
    }

    /// Source: the linker's documentation of --build-id; note type 3 of GNU.
    mutating func add(buildID: [UInt8], _ endianness: Endianness) {
        var writer = BinaryWriter(endianness)
        ELFNote(name: "GNU", type: 3, descriptor: buildID).write(to: &writer)
        var header = SectionHeader(.notes)
        header.alignment = 4
        add(".note.gnu.build-id", header, writer.bytes)
    }

    /// The symbol table and its names; each symbol is in the section that has its address, or in none.
    mutating func add(symbols: [ImageSymbol], in sections: [ImageSection], _ endianness: Endianness) {
        var texts = StringTable()
        var writer = BinaryWriter(endianness)
        SymbolEntry().write(to: &writer)
        for symbol in symbols.sorted(by: { ($0.address, $0.name) < ($1.address, $1.name) }) {
            // The sections of the description are the first behind the one that is nothing.
            let section = Self.section(of: symbol.address, sections).map { UInt16(clamping: $0 + 1) }
            SymbolEntry(
                name: texts.offset(of: symbol.name),
                info: symbol.kind.info,
                section: section ?? Self.absolute,
                value: symbol.address,
                size: symbol.size
            ).write(to: &writer)
        }
        var header = SectionHeader(.symbols)
        header.link = UInt32(clamping: parts.count + 1)
        header.info = 1
        header.alignment = 8
        header.entrySize = UInt64(SymbolEntry.byteCount)
        add(".symtab", header, writer.bytes)
        add(".strtab", SectionHeader(.strings), texts.bytes)
    }

    /// The section that holds an address, or else ends there, as one does for a symbol of its end.
    private static func section(of address: UInt64, _ sections: [ImageSection]) -> Int? {
        sections.firstIndex { $0.contains(address) } ?? sections.firstIndex { $0.ends(at: address) }
    }

    /// The section number of symbols that are in none.
    private static let absolute: UInt16 = 0xfff1

    /// The whole file: header, program headers, contents, section headers.
    func assembled(_ description: ImageDescription) throws(BinaryError) -> [UInt8] {
        var list = self
        let nameSection = list.parts.count
        list.add(".shstrtab", SectionHeader(.strings), [])
        list.parts[nameSection].bytes = list.names.bytes

        let allocated = list.parts.filter { $0.header.flags.contains(.allocate) }.count
        var contents = BinaryWriter(description.endianness)
        let front = ELFHeader.byteCount + allocated * ProgramHeader.byteCount
        for index in list.parts.indices.dropFirst() {
            contents.pad(toMultipleOf: 8)
            list.parts[index].header.offset = UInt64(front + contents.count)
            guard list.parts[index].header.kind != .noContents else { continue }
            list.parts[index].header.size = UInt64(list.parts[index].bytes.count)
            contents.put(list.parts[index].bytes)
        }
        contents.pad(toMultipleOf: 8)

        guard let count = UInt16(exactly: list.parts.count), count < 0xff00 else {
            throw .overflow("number of sections")
        }
        var header = ELFHeader(
            endianness: description.endianness,
            machine: description.machine,
            flags: description.flags,
            programHeaderCount: UInt16(allocated)
        )
        header.type = .executable
        header.sectionHeaderOffset = UInt64(front + contents.count)
        header.sectionHeaderCount = count
        header.sectionNames = UInt16(nameSection)
        header.entry = description.sections.first(where: \.isCode)?.address ?? 0
        var writer = BinaryWriter(description.endianness)
        header.write(to: &writer)
        for part in list.parts where part.header.flags.contains(.allocate) {
            part.header.programHeader.write(to: &writer)
        }
        writer.put(contents.bytes)
        for part in list.parts { part.header.write(to: &writer) }
        return writer.bytes
    }
}

extension SectionHeader {
    /// The segment that is this section alone.
    fileprivate var programHeader: ProgramHeader {
        ProgramHeader(
            type: .load,
            flags: flags.contains(.execute) ? 5 : 6,
            offset: offset,
            virtualAddress: address,
            physicalAddress: address,
            fileSize: kind == .noContents ? 0 : size,
            memorySize: size
        )
    }
}
