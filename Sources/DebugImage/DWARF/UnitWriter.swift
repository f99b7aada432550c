import BinaryCodec

/// Writes entries one behind the other, and afterwards the places of those that others refer to.
struct UnitWriter {
    /// Bytes of a unit's header, from which references count.
    static let headerSize = 11

    private(set) var abbreviations = AbbreviationTable()
    private(set) var strings = StringTable()
    private var writer: BinaryWriter
    private var places: [TypeReference: Int] = [:]
    private var references: [(at: Int, to: TypeReference)] = []

    init(_ endianness: Endianness) { writer = BinaryWriter(endianness) }

    mutating func write(_ entry: Entry) {
        if let type = entry.defined { places[type] = writer.count + Self.headerSize }
        writer.put(unsignedLEB128: abbreviations.code(of: entry))
        for attribute in entry.attributes { write(attribute.value) }
        guard !entry.children.isEmpty else { return }
        for child in entry.children { write(child) }
        writer.put([0] as [UInt8])
    }

    private mutating func write(_ value: Entry.Value) {
        switch value {
        case .text(let text): writer.put(strings.offset(of: text))
        case .unsigned(let number): writer.put(unsignedLEB128: number)
        case .signed(let number): writer.put(signedLEB128: number)
        case .address(let address): writer.put(address)
        case .type(let type):
            references.append((writer.count, type))
            writer.put(UInt32(0))
        case .location(let address):
            writer.put(unsignedLEB128: 9)
            writer.put([DwarfNumbers.addressOperation])
            writer.put(address)
        case .present: break
        }
    }

    /// What was written, with all references in place. Errors: more than 4 GiB.
    func linked() throws(BinaryError) -> [UInt8] {
        var bytes = writer.bytes
        for reference in references {
            guard let place = places[reference.to].flatMap({ UInt32(exactly: $0) }) else {
                throw .overflow("place of a type")
            }
            var patch = BinaryWriter(writer.endianness)
            patch.put(place)
            bytes.replaceSubrange(reference.at..<(reference.at + 4), with: patch.bytes)
        }
        return bytes
    }
}
