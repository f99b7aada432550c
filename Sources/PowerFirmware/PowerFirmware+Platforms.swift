import PhysicalMemory

/// What everybody may ask of firmware, whichever it is. The calls themselves are RTAS's (`Calls`) or OPAL's (`OPAL`).
extension PowerFirmware {
    private var platform: Platform { configuration.platform }

    /// The node in which the device tree tells of firmware: /rtas, or /ibm,opal.
    public var deviceTreeNode: DeviceTreeNode {
        switch platform {
        case .pseries: DeviceTreeNode(name: "rtas", properties: rtasProperties)
        case .powernv: opalNode
        }
    }

    /// What it says of dumps: the properties of /rtas, or of /ibm,opal/dump.
    public var deviceTree: [DeviceTreeProperty] {
        let node = deviceTreeNode
        return platform == .pseries ? node.properties : node.children.flatMap(\.properties)
    }

    /// Properties of the root that are the platform's.
    ///
    /// Source: skiboot, core/mem_region.c, for `reserved-ranges`: address and size of each, two cells each.
    public var rootProperties: [DeviceTreeProperty] {
        let name = platform == .pseries ? "IBM,pSeries" : "ibm,powernv"
        let compatible = DeviceTreeProperty(name: "compatible", value: Array(name.utf8) + [0])
        guard platform == .powernv else { return [compatible] }
        let numbers = reservedRanges.flatMap { [$0.start.rawValue, $0.count] }
        return [compatible, DeviceTreeProperty(name: "reserved-ranges", numbers: numbers)]
    }

    /// Memory of firmware that kernels leave alone.
    public var reservedRanges: [AddressRange] { platform == .pseries ? [] : opalMemory.ranges }

    /// Bytes that the kernel keeps for registers, as ibm,configure-kernel-dump-sizes says; OPAL saves them in its own
    /// memory.
    public var cpuSectionSize: UInt64 { platform == .pseries ? configuration.cpuSectionSize : 0 }
    public var hpteSectionSize: UInt64 {
        platform == .pseries && configuration.dialect.savesHPTEs ? configuration.hpteSize : 0
    }

    /// Whether a crash would be dumped.
    public var hasRegistration: Bool { registration != nil || !mpipl.ranges.isEmpty }

    /// Whether memory holds what a crash preserved.
    public var hasWaitingDump: Bool { waitingDump != nil || mpipl.isActive }

    /// The registers of a CPU of this platform.
    public func cpuState(of logicalID: UInt32) -> CPUState {
        var cpu = CPUState(logicalID: logicalID, model: configuration.cpuModel, seed: configuration.seed)
        if configuration.runsLittleEndian { cpu.runLittleEndian() }
        guard platform == .powernv else { return cpu }
        cpu[.pir] = UInt64(ProcessorID.pir(ofCPU: logicalID))
        cpu[RegisterIdentifier("PVR")] = ProcessorID.version
        return cpu
    }

    /// Takes a dump, resets the hardware without clearing RAM, and launches the bootloader.
    public mutating func takeDump(cpus: [CPUState], ram: inout PhysicalRAM) -> [FirmwareEvent] {
        switch platform {
        case .pseries: takeRegisteredDump(cpus, &ram)
        case .powernv: preserveMemory(cpus, &ram)
        }
    }
}

extension RegisterIdentifier {
    public static let pir = RegisterIdentifier("PIR")
}
