import BinaryCodec
import PhysicalMemory
import SystemPackage

extension PowerFirmware {
    /// Takes the registered dump: saves every section, resets the hardware without clearing RAM, and launches the
    /// bootloader.
    ///
    /// Boot memory is not copied: its bytes show at the destination, and the next kernel gets fresh memory in their
    /// place. Everything else is frozen where it is. What firmware could not do stands in the error flags of the
    /// section; the dump is presented all the same.
    /// Source: LoPAR R1-2 to R1-6 of ibm,configure-kernel-dump; the order of the events is the design document's.
    mutating func takeRegisteredDump(_ cpus: [CPUState], _ ram: inout PhysicalRAM) -> [FirmwareEvent] {
        guard var dump = registration else { return [] }
        var events: [FirmwareEvent] = []
        for index in dump.sections.indices {
            save(&dump.sections[index], cpus, &ram)
            if configuration.dialect.swapsErrorFlags { dump.sections[index].errorFlags.swapBytes() }
            damage(&dump.sections[index], &ram)
            events.append(Self.event(dump.sections[index]))
        }
        dump.statusFlags = configuration.dialect.performedStatus
        if faults.failsWhole { dump.statusFlags = .error }
        ram.freeze(AddressRange(0, upTo: ram.map.end))
        if !renewBootMemory(of: dump, &ram) {
            events.append(FirmwareEvent("host-failure", ["doing": "boot memory"]))
        }
        waitingDump = dump
        registration = nil
        return events + [
            FirmwareEvent("hardware-reset", ["what": "PCI and other hardware"]),
            FirmwareEvent("memory-preserved", ["cleared": "no"]),
            FirmwareEvent("bootloader-launched"),
        ]
    }

    /// Gives the next kernel fresh memory where the real mode regions were, but for what a section was saved to: a
    /// kernel that lets the two overlap keeps its dump. False where the host has no memory.
    private func renewBootMemory(of dump: DumpMemoryStructure, _ ram: inout PhysicalRAM) -> Bool {
        let saved = dump.sections.compactMap {
            AddressRange(start: PhysicalAddress($0.destinationAddress), count: $0.sourceLength)
        }
        for section in dump.sections where section.sourceDataType == .realModeRegion {
            let source = AddressRange(
                start: PhysicalAddress(section.sourceAddress),
                count: section.sourceLength
            )
            let free = saved.reduce(source.map { [$0] } ?? []) { rest, kept in
                rest.flatMap { $0.subtracting(kept) }
            }
            for range in free where (try? ram.renew(range)) == nil { return false }
        }
        return true
    }

    private static func event(_ section: DumpSection) -> FirmwareEvent {
        FirmwareEvent(
            "section-saved",
            [
                "type": section.sourceDataType.name, "bytes": String(section.bytesDumped),
                "error-flags": "0x" + String(section.errorFlags.rawValue, radix: 16),
                "destination": PhysicalAddress(section.destinationAddress).description,
            ]
        )
    }

    private func save(_ section: inout DumpSection, _ cpus: [CPUState], _ ram: inout PhysicalRAM) {
        switch section.sourceDataType {
        case .cpuState: saveRegisters(&section, cpus, ram)
        case .hpte: saveHPTEs(&section, ram)
        case .realModeRegion: preserve(&section, &ram)
        case let type where type == .osIdentification || type.isOSDefined: copy(&section, ram)
        default: section.errorFlags.insert(.invalidDataType)
        }
    }

    private func saveRegisters(_ section: inout DumpSection, _ cpus: [CPUState], _ ram: PhysicalRAM) {
        let order = configuration.savedRegisters
        let size = RegisterSaveArea.byteCount(cpus: cpus.count, registers: order.count)
        var writer = BinaryWriter(.big, reservingCapacity: size)
        RegisterSaveArea(cpus: cpus.map(\.saved)).write(
            to: &writer,
            order: order,
            countOffset: configuration.dialect.cpuCountOffset
        )
        store(writer.bytes, available: cpuSectionSize, in: &section, ram)
        if section.errorFlags == .invalidDestination {
            section.errorFlags = configuration.dialect.badCPUDestination
        }
    }

    private func saveHPTEs(_ section: inout DumpSection, _ ram: PhysicalRAM) {
        // A platform without HPTEs has nothing to save, and an empty section asks for nothing.
        guard hpteSectionSize > 0 || section.sourceLength > 0 else { return }
        let entries = HPTESaveArea(mapping: configuration.realModeAreaSize, within: hpteSectionSize)
        var writer = BinaryWriter(.big)
        entries.write(to: &writer)
        store(writer.bytes, available: hpteSectionSize, in: &section, ram)
    }

    /// Puts what firmware itself knows into a section.
    private func store(
        _ bytes: [UInt8],
        available: UInt64,
        in section: inout DumpSection,
        _ ram: PhysicalRAM
    ) {
        guard section.sourceLength <= available else {
            section.errorFlags.insert(.lengthExceedsSource)
            return
        }
        guard UInt64(bytes.count) <= section.sourceLength else {
            section.errorFlags.insert(.destinationTooSmall)
            return
        }
        guard
            let range = AddressRange(
                start: PhysicalAddress(section.destinationAddress),
                count: section.sourceLength
            ),
            ram.map.contains(range)
        else {
            section.errorFlags.insert(.invalidDestination)
            return
        }
        ram.clear(range)
        guard (try? ram.write(bytes, at: range.start)) != nil else {
            section.errorFlags.insert(.invalidDestination)
            return
        }
        section.bytesDumped =
            configuration.dialect.dumpsWholeSections ? section.sourceLength : UInt64(bytes.count)
    }

    /// Preserves a region of real mode memory at its destination.
    private func preserve(_ section: inout DumpSection, _ ram: inout PhysicalRAM) {
        let source = AddressRange(start: PhysicalAddress(section.sourceAddress), count: section.sourceLength)
        guard let source, ram.map.contains(source) else {
            section.errorFlags.insert(.invalidSource)
            return
        }
        guard section.sourceAddress != section.destinationAddress else {
            section.bytesDumped = section.sourceLength
            return
        }
        guard (try? ram.alias(source, at: PhysicalAddress(section.destinationAddress))) != nil else {
            section.errorFlags.insert(.invalidDestination)
            return
        }
        section.bytesDumped = section.sourceLength
    }

    /// Does to a section what the fault plan asks for.
    private func damage(_ section: inout DumpSection, _ ram: inout PhysicalRAM) {
        let name: FaultPlan.Section? =
            switch section.sourceDataType {
            case .cpuState: .cpu
            case .hpte: .hpte
            case .realModeRegion: .dump
            default: nil
            }
        switch name.flatMap({ faults.sections[$0] }) {
        case .flags(let flags): section.errorFlags.formUnion(flags)
        case .short(let bytes): section.bytesDumped -= min(bytes, section.bytesDumped)
        case .empty: section.bytesDumped = 0
        case .corrupt:
            try? ram.write(Array(repeating: 0, count: 8), at: PhysicalAddress(section.destinationAddress))
        case nil: return
        }
    }
}
