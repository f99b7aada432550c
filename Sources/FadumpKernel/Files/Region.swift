import KernelProfile
import PhysicalMemory
import PowerFirmware

extension FadumpKernel {
    /// The text of fadump_region: the sections of the reserved dump area and what firmware dumped into each.
    ///
    /// Source: `fadump_region_show` (Linux 3.4, 4.19, fadump.c), `rtas_fadump_region_show` (5.4 to 7.2, rtas-fadump.c).
    func regionText(_ hardware: Hardware) -> String {
        switch (profile.interface.region, state.area) {
        case (.ranges, let area?): return ranges(area)
        case (.sourceAndDestination, let area?): return platform.regionText(area, self, hardware)
        case (_, nil): return state.isEnabled ? Self.emptyRanges : ""
        }
    }

    /// What firmware says of a waiting dump, or what is or would be registered, in which nothing is dumped.
    func structure(_ area: ReservedArea) -> DumpMemoryStructure {
        if case .waiting(let dump) = state { return dump.structure }
        return platform.structure(registering: area)
    }

    /// A line for each section. While a dump is active a last one shows the memory between boot memory and an area
    /// that does not follow it, which firmware preserved in place.
    private func ranges(_ area: ReservedArea) -> String {
        let structure = structure(area)
        var text = ""
        for (name, type) in Self.names {
            guard let section = structure.sections.first(where: { $0.sourceDataType == type }) else {
                continue
            }
            text += Self.range(name + ": ", section) + "\n"
        }
        if case .waiting(let dump) = state, dump.heldFrom != area.cpu {
            let length = area.cpu &- dump.heldFrom
            text += Self.range("    : ", dump.heldFrom, length, dumped: length) + "\n"
        }
        return text
    }

    private static let names: [(String, DumpSection.SourceDataType)] = [
        ("CPU ", .cpuState), ("HPTE", .hpte), ("DUMP", .realModeRegion),
    ]

    /// The lines of a kernel that has no area: nothing from nowhere.
    private static let emptyRanges = names.map { range($0.0 + ": ", 0, 0, dumped: 0) + "\n" }.joined()

    /// Source and destination of boot memory, the additional parameters, and while a dump is active a sentence about
    /// the memory above.
    func sectionsText(_ area: ReservedArea, _ hardware: Hardware) -> String {
        let wide = KernelFormat.wideHex
        var text = ""
        for section in structure(area).sections {
            switch section.sourceDataType {
            case .cpuState: text += Self.range("CPU :", section) + "\n"
            case .hpte: text += Self.range("HPTE:", section) + "\n"
            case .realModeRegion: text += Self.dumpLine(section, dumped: section.bytesDumped)
            case .parameterArea:
                let start = section.destinationAddress
                let last = start &+ section.sourceLength &- 1
                let parameters = String(decoding: additionalParameters(hardware), as: UTF8.self)
                text += "\n[\(wide(start))-\(wide(last))]: cmdline append: '\(parameters)'\n"
            default: continue
            }
        }
        if case .waiting(let dump) = state { text += Self.linesAboveDump(dump.heldFrom) }
        return text
    }

    /// A range of boot memory, and where it is saved.
    static func dumpLine(_ section: DumpSection, dumped: UInt64) -> String {
        let wide = KernelFormat.wideHex
        let hex = KernelFormat.hex
        let places = "Src: \(wide(section.sourceAddress)), Dest: \(wide(section.destinationAddress))"
        return "DUMP: \(places), Size: \(hex(section.sourceLength)), Dumped: \(hex(dumped)) bytes\n"
    }

    static func linesAboveDump(_ start: UInt64) -> String {
        "\nMemory above \(KernelFormat.wideHex(start)) is reserved for saving crash dump\n"
    }

    private static func range(_ name: String, _ section: DumpSection) -> String {
        range(name, section.destinationAddress, section.sourceLength, dumped: section.bytesDumped)
    }

    private static func range(_ name: String, _ start: UInt64, _ length: UInt64, dumped: UInt64) -> String {
        let wide = KernelFormat.wideHex
        let hex = KernelFormat.hex
        let last = start &+ length &- 1
        return "\(name)[\(wide(start))-\(wide(last))] \(hex(length)) bytes, Dumped: \(hex(dumped))"
    }
}
