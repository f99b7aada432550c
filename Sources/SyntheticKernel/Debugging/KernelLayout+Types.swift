import DebugImage

/// Types of the layout in words of C.
extension KernelLayout {
    var typeCatalogue: TypeCatalogue {
        var catalogue = TypeCatalogue()
        for structure in structures {
            let aggregate = Aggregate(byteCount: UInt64(structure.size), structure.members.map(member))
            // A type definition stands for a structure without a tag; here that has the same name.
            catalogue.structures[structure.name] = aggregate
            if structure.isTypeDefinition { catalogue.aliases[structure.name] = .structure(structure.name) }
        }
        for enumeration in enumerations {
            catalogue.enumerations[enumeration.name] = Enumeration(
                enumeration.values.map { Enumeration.Constant($0.name, $0.value) }
            )
        }
        return catalogue
    }

    private func member(_ layout: MemberLayout) -> Aggregate.Member {
        let bits = layout.bits.map { field in
            // A debugger counts bits from the first byte on, in the order in which the kernel gives them out.
            Aggregate.Member.Bits(
                offset: UInt64(layout.offset * 8 + field.before),
                count: UInt64(field.width)
            )
        }
        return Aggregate.Member(
            layout.name,
            reference(to: layout.type),
            at: UInt64(layout.offset),
            bits: bits
        )
    }

    func reference(to type: KernelType) -> TypeReference {
        switch type {
        case .unsigned(let bytes): Self.unsigned[bytes] ?? .array(.unsignedChar, count: UInt64(bytes))
        case .signed(let bytes): Self.signed[bytes] ?? .array(.char, count: UInt64(bytes))
        case .character: .char
        case .pointer(let name): .pointer(name.map(named))
        case .structure(let name): named(name)
        case .enumeration(let name): .enumeration(name)
        case .array(let element, let count): .array(reference(to: element), count: UInt64(count))
        case .opaque(let bytes): .array(.unsignedChar, count: UInt64(bytes))
        }
    }

    private func named(_ name: String) -> TypeReference {
        self[name]?.isTypeDefinition == true ? .alias(name) : .structure(name)
    }

    private static let unsigned: [Int: TypeReference] = [
        1: .unsignedChar, 2: .unsignedShort, 4: .unsignedInt, 8: .unsignedLong,
    ]
    private static let signed: [Int: TypeReference] = [1: .char, 2: .short, 4: .int, 8: .long]
}
