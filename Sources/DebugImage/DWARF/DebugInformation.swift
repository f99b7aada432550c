import BinaryCodec

/// The debugging information of a description: one compile unit with all its types and variables.
///
/// Source: DWARF version 4, section 7.5.1: a unit of 32-bit DWARF for addresses of 8 bytes.
struct DebugInformation {
    private(set) var info: [UInt8]
    private(set) var abbreviations: [UInt8]
    private(set) var strings: [UInt8]

    /// Errors: more than 4 GiB of it.
    init(_ description: ImageDescription) throws(BinaryError) {
        var unit = UnitWriter(description.endianness)
        unit.write(Self.root(description))
        let body = try unit.linked()
        guard let length = UInt32(exactly: body.count + UnitWriter.headerSize - 4) else {
            throw .overflow("length of the debugging information")
        }
        var writer = BinaryWriter(description.endianness, reservingCapacity: body.count + 16)
        writer.put(length)
        writer.put(DwarfNumbers.version)
        writer.put(UInt32(0))
        writer.put([8] as [UInt8])
        writer.put(body)
        info = writer.bytes
        abbreviations = unit.abbreviations.bytes(description.endianness)
        strings = unit.strings.bytes
    }

    private static func root(_ description: ImageDescription) -> Entry {
        let catalogue = description.types
        // Whatever has a name, what variables are of, and what those lead to.
        var order = catalogue.references + description.variables.map(\.type)
        var seen = Set<TypeReference>()
        var children: [Entry] = []
        var next = 0
        while next < order.count {
            let type = order[next]
            next += 1
            guard seen.insert(type).inserted else { continue }
            let entry = Entry(type, catalogue)
            children.append(entry)
            order += entry.references
        }
        children += description.variables.map(Entry.init)
        var root = Entry(.compileUnit).with(.producer, "fadumpfs").with(.language, DwarfNumbers.languageC99)
            .with(.name, description.unit)
        if let text = description.sections.first(where: \.isCode) {
            root = root.adding(.lowPC, .address(text.address)).with(.highPC, text.size)
        }
        return root.holding(children)
    }
}
