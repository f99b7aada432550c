import KernelProfile
import PowerFirmware

extension MachineConfiguration {
    /// Throws the first thing that does not go with the bare machine; in a partition everything does.
    func validatePlatform() throws(ConfigurationFailure) {
        guard platform == .powernv else { return }
        guard kernel.opal != nil else {
            let able = KernelProfile.all.filter { $0.opal != nil }.map(\.name).joined(separator: ", ")
            throw ConfigurationFailure(
                setting: .platform,
                given: platform.rawValue,
                problem:
                    "\(kernel.name) has fadump in partitions only; on the bare machine there are \(able) (--kernel)"
            )
        }
        guard firmware != .qemu else {
            throw ConfigurationFailure(
                setting: .firmware,
                given: firmware.rawValue,
                problem: "is the firmware of a pseries machine; --platform powernv has OPAL"
            )
        }
        if let rule = faults.ruleUnknownToOPAL {
            throw ConfigurationFailure(
                setting: .faults,
                given: faults.description,
                problem: "'\(rule)' means nothing to OPAL, which saves no HPTEs and keeps no error flags"
            )
        }
        let room = OPALMemory(cpus: effectiveMaximumCPUs)
        guard room.ranges.allSatisfy({ memory.contains($0) }) else {
            let setting = isMemoryContiguous ? MachineSetting.memory : .memoryMap
            let end = ByteSize.text(room.registers.end.rawValue.alignedUp(to: 1 << 20))
            throw ConfigurationFailure(
                setting: setting,
                given: text(of: setting) ?? "",
                problem:
                    "OPAL is at 768M, with \(effectiveMaximumCPUs) CPUs up to \(end): there must be memory"
            )
        }
    }
}
