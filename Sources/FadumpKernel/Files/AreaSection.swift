import PowerFirmware

/// A part of the reserved dump area, as the design document's figures draw it.
public struct AreaSection: Sendable, Hashable {
    /// CPU, HPTE, DUMP (the copy of boot memory), ELF (crash info header and ELF core header) or INFO (the former
    /// alone), META (what a kernel on a bare machine has to know again); PARAM lies elsewhere: the parameters for a
    /// capture kernel.
    public var name: String
    public var start: UInt64
    public var size: UInt64
    /// What firmware says it saved there; 0 while no dump waits, and always for ELF, which the kernel writes.
    public var dumped: UInt64
}

extension FadumpKernel {
    /// The parts of the reserved dump area in address order; none where nothing is reserved.
    public var areaSections: [AreaSection] {
        guard let area = state.area else { return [] }
        let active: DumpMemoryStructure? = if case .waiting(let dump) = state { dump.structure } else { nil }
        func dumped(_ type: DumpSection.SourceDataType) -> UInt64 {
            active?.sections.first { $0.sourceDataType == type }?.bytesDumped ?? 0
        }
        let header = area.crashInfoHeader
        let parameters =
            area.parameterArea.map {
                [
                    AreaSection(
                        name: "PARAM",
                        start: $0.start.rawValue,
                        size: $0.count,
                        dumped: dumped(.parameterArea)
                    )
                ]
            } ?? []
        let saved = Set(structure(area).sections.map(\.sourceDataType))
        let sections = [
            (
                AreaSection(name: "CPU", start: area.cpu, size: area.cpuSize, dumped: dumped(.cpuState)),
                saved.contains(.cpuState)
            ),
            (
                AreaSection(name: "HPTE", start: area.hpte, size: area.hpteSize, dumped: dumped(.hpte)),
                saved.contains(.hpte)
            ),
            (
                AreaSection(
                    name: "DUMP",
                    start: area.bootMemoryCopy,
                    size: area.bootMemorySize,
                    dumped: dumped(.realModeRegion)
                ), true
            ),
            (
                AreaSection(
                    name: profile.reservation.contents == .alignedCopy ? "INFO" : "ELF",
                    start: header,
                    size: area.metadata &- header,
                    dumped: 0
                ), true
            ),
            (
                AreaSection(name: "META", start: area.metadata, size: area.metadataSize, dumped: 0),
                area.metadataSize > 0
            ),
        ]
        return sections.filter(\.1).map(\.0) + parameters
    }

    /// The first address of the memory that is held for a waiting dump; nil while none waits.
    public var heldFrom: UInt64? {
        if case .waiting(let dump) = state { return dump.heldFrom }
        return nil
    }
}
