import KernelProfile
import PowerFirmware

extension FadumpKernel {
    /// The text of fadump_region: the sections of the reserved dump area and what firmware dumped into each.
    ///
    /// While a dump is active a last line shows the memory between boot memory and the area, which firmware
    /// preserved in place.
    /// Source: `fadump_region_show` (Linux 3.4, fadump.c).
    var regionText: String {
        guard let area = state.area else { return "" }
        let active: DumpMemoryStructure? = if case .waiting(let dump) = state { dump.structure } else { nil }
        let structure = active ?? DumpMemoryStructure(registering: area)
        var text = ""
        for (name, type) in Self.regionNames {
            guard let section = structure.sections.first(where: { $0.sourceDataType == type }) else {
                continue
            }
            let dumped = active == nil ? 0 : section.bytesDumped
            text += Self.line(name, section.destinationAddress, section.sourceLength, dumped: dumped)
        }
        if case .waiting(let dump) = state, dump.heldFrom != area.cpu {
            let length = area.cpu &- dump.heldFrom
            text += Self.line("    ", dump.heldFrom, length, dumped: length)
        }
        return text
    }

    private static let regionNames: [(String, DumpSection.SourceDataType)] = [
        ("CPU ", .cpuState), ("HPTE", .hpte), ("DUMP", .realModeRegion),
    ]

    private static func line(_ name: String, _ start: UInt64, _ length: UInt64, dumped: UInt64) -> String {
        let wide = KernelFormat.wideHex
        let hex = KernelFormat.hex
        let last = start &+ length &- 1
        return "\(name): [\(wide(start))-\(wide(last))] \(hex(length)) bytes, Dumped: \(hex(dumped))\n"
    }
}
