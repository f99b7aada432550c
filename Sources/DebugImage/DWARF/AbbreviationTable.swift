import BinaryCodec

/// .debug_abbrev: the shapes that entries have, each with a number.
///
/// Source: DWARF version 4, section 7.5.3.
struct AbbreviationTable {
    private struct Shape: Hashable {
        var tag: Tag
        var hasChildren: Bool
        var attributes: [Pair]
    }

    private struct Pair: Hashable {
        var name: Attribute
        var form: Form
    }

    private var codes: [Shape: UInt64] = [:]
    private var shapes: [Shape] = []

    /// The number of an entry's shape, which is new where no entry had it before.
    mutating func code(of entry: Entry) -> UInt64 {
        let shape = Shape(
            tag: entry.tag,
            hasChildren: !entry.children.isEmpty,
            attributes: entry.attributes.map { Pair(name: $0.name, form: $0.value.form) }
        )
        if let code = codes[shape] { return code }
        shapes.append(shape)
        codes[shape] = UInt64(shapes.count)
        return UInt64(shapes.count)
    }

    func bytes(_ endianness: Endianness) -> [UInt8] {
        var writer = BinaryWriter(endianness)
        for (index, shape) in shapes.enumerated() {
            writer.put(unsignedLEB128: UInt64(index) + 1)
            writer.put(unsignedLEB128: shape.tag.rawValue)
            writer.put([shape.hasChildren ? 1 : 0] as [UInt8])
            for pair in shape.attributes {
                writer.put(unsignedLEB128: pair.name.rawValue)
                writer.put(unsignedLEB128: pair.form.rawValue)
            }
            writer.put([0, 0] as [UInt8])
        }
        writer.put([0] as [UInt8])
        return writer.bytes
    }
}
