extension Entry {
    /// The entry of a type. A structure that the catalogue does not know is declared only; so is, as a structure, a
    /// name that stands for nothing.
    init(_ type: TypeReference, _ catalogue: TypeCatalogue) {
        switch type {
        case .base(let base):
            self = Entry(.baseType).with(.name, base.name).with(.byteSize, UInt64(base.byteCount))
                .with(.encoding, UInt64(base.encoding.rawValue))
        case .structure(let name): self = Entry(.structureType, name, catalogue.structures[name])
        case .union(let name): self = Entry(.unionType, name, catalogue.unions[name])
        case .enumeration(let name):
            let constants = catalogue.enumerations[name]?.constants ?? []
            self = Entry(.enumerationType).with(.name, name).with(.byteSize, 4).with(.type, .unsignedInt)
                .holding(
                    constants.map {
                        Entry(.enumerator).with(.name, $0.name).adding(.constValue, .signed($0.value))
                    }
                )
        case .alias(let name):
            self =
                catalogue.aliases[name].map { Entry(.typedef).with(.name, name).with(.type, $0) }
                ?? Entry(.structureType, name, nil)
        case .pointer(let target):
            self = Entry(.pointerType).with(.byteSize, 8).with(.type, target)
        case .array(let element, let count):
            var range = Entry(.subrangeType).with(.type, .unsignedLong)
            if let count, count > 0 { range = range.with(.upperBound, count &- 1) }
            self = Entry(.arrayType).with(.type, element).holding([range])
        case .function:
            self = Entry(.subroutineType).adding(.prototyped, .present)
        }
        defined = type
    }

    private init(_ tag: Tag, _ name: String, _ aggregate: Aggregate?) {
        let entry = Entry(tag).with(.name, name)
        guard let aggregate else {
            self = entry.adding(.declaration, .present)
            return
        }
        self = entry.with(.byteSize, aggregate.byteCount).holding(aggregate.members.map(Entry.init(member:)))
    }

    private init(member: Aggregate.Member) {
        let entry = Entry(.member).with(.name, member.name).with(.type, member.type)
        self =
            member.bits.map { entry.with(.bitSize, $0.count).with(.dataBitOffset, $0.offset) }
            ?? entry.with(.dataMemberLocation, member.offset)
    }

    init(_ variable: ImageVariable) {
        self = Entry(.variable).with(.name, variable.name).with(.type, variable.type)
            .adding(.external, .present).adding(.location, .location(variable.address))
    }
}
