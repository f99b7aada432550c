import PhysicalMemory
import PowerFirmware

/// A bare machine of 2 GB with room for four CPUs, of which the second and the fourth run.
struct BareFirmware {
    var firmware: PowerFirmware
    var ram: PhysicalRAM

    init(_ faults: String = "", supportsDump: Bool = true) throws {
        var configuration = PlatformConfiguration(
            platform: .powernv,
            supportsDump: supportsDump,
            maximumCPUs: 4
        )
        if !faults.isEmpty { configuration.faults = try FaultPlan(parsing: faults) }
        firmware = PowerFirmware(configuration)
        ram = try PhysicalRAM(map: MemoryMap(size: 2 << 30))
    }

    mutating func update(_ update: MPIPLUpdate) -> OPALStatus { firmware.mpiplUpdate(update, ram: ram) }

    mutating func add(_ source: UInt64, _ destination: UInt64, _ size: UInt64) -> OPALStatus {
        update(.addRange(PreservedRange(source: source, destination: destination, size: size)))
    }

    mutating func set(_ tag: MPIPLTag, _ value: UInt64) -> OPALStatus {
        firmware.mpiplRegisterTag(tag, value, ram: ram)
    }

    var cpus: [CPUState] { [1, 3].map { firmware.cpuState(of: $0) } }

    /// The fourth CPU crashes.
    mutating func crash() {
        _ = firmware.rebootPreservingMemory(reason: "x", thread: ProcessorID.pir(ofCPU: 3))
        _ = firmware.takeDump(cpus: cpus, ram: &ram)
    }

    /// What a tag leads to.
    func description(_ tag: MPIPLTag) throws -> OPALDumpDescription {
        let address = PhysicalAddress(firmware.mpiplQueryTag(tag).value)
        return try OPALDumpDescription(parsing: ram.read(at: address, count: 256))
    }
}
