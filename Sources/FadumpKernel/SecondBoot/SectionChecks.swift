import KernelProfile
import PowerFirmware

extension FadumpKernel {
    /// Firmware's own words on the dump.
    mutating func checkSections(
        of structure: DumpMemoryStructure,
        _ hardware: Hardware
    ) throws(UnusableDump) {
        switch profile.capture.check {
        case .wholeDump: try checkWhole(structure)
        case .eachSection:
            for (number, section) in structure.sections.enumerated() {
                try check(section, number, hardware)
            }
        }
    }

    /// HPTEs are not looked at, and the error flag of the structure counts only where no other flag is set.
    private func checkWhole(_ structure: DumpMemoryStructure) throws(UnusableDump) {
        let cpu = structure.sections.first { $0.sourceDataType == .cpuState }
        let boot = structure.sections.first { $0.sourceDataType == .realModeRegion }
        guard let cpu, let boot, structure.statusFlags != .error, cpu.errorFlags.isEmpty,
            boot.errorFlags.isEmpty
        else { throw UnusableDump(profile.messages.dumpNotValid(0)) }
        guard boot.bytesDumped == boot.sourceLength, cpu.bytesDumped != 0 else {
            throw UnusableDump(profile.messages.dumpIncomplete(0))
        }
    }

    /// Source: `rtas_fadump_process` (Linux 6.10): what it does not know it passes over, and of the parameters it only
    /// says that they are lost.
    private mutating func check(
        _ section: DumpSection,
        _ number: Int,
        _ hardware: Hardware
    ) throws(UnusableDump) {
        let messages = profile.messages
        let isWhole = section.bytesDumped == section.sourceLength
        switch section.sourceDataType {
        case .cpuState, .hpte, .realModeRegion:
            var failure = UnusableDump()
            if !section.errorFlags.isEmpty { failure.messages.append(messages.dumpNotValid(number)) }
            if !isWhole { failure.messages.append(messages.dumpIncomplete(number)) }
            guard !failure.messages.isEmpty else { return }
            failure.messages += place(of: section, messages.sections?.bad)
            throw failure
        case .parameterArea:
            guard !isWhole || !section.errorFlags.isEmpty, let lost = messages.sections?.parametersLost else {
                return
            }
            print(lost, hardware)
        default:
            for message in place(of: section, messages.sections?.unknown) { print(message, hardware) }
        }
    }

    private func place(
        of section: DumpSection,
        _ message: ((UInt16, UInt64, UInt64) -> Message)?
    ) -> [Message] {
        let type = section.sourceDataType.rawValue
        return message.map { [$0(type, section.sourceAddress, section.destinationAddress)] } ?? []
    }
}
