/// Which firmware runs the machine.
public enum Platform: String, Sendable, Hashable, CaseIterable {
    /// A partition: RTAS, as PAPR has it.
    case pseries
    /// The bare machine: OPAL.
    case powernv
}

/// What a platform is built of.
public struct PlatformConfiguration: Sendable {
    public var platform: Platform
    public var dialect: FirmwareDialect
    /// Whether the platform has firmware-assisted dump at all.
    public var supportsDump: Bool
    public var cpuModel: CPUModel
    /// CPUs that the register save area has room for.
    public var maximumCPUs: Int
    /// Bytes of the HPTE save area.
    public var hpteSize: UInt64
    /// Bytes of the real mode area.
    public var realModeAreaSize: UInt64
    public var faults: FaultPlan
    /// The seed of the CPUs' registers.
    public var seed: UInt64
    /// The operating system runs little-endian, which the machine state of its CPUs tells.
    public var runsLittleEndian: Bool

    public init(
        platform: Platform = .pseries,
        dialect: FirmwareDialect = .phyp,
        supportsDump: Bool = true,
        cpuModel: CPUModel = .power6,
        maximumCPUs: Int = 64,
        hpteSize: UInt64 = 0x1000,
        realModeAreaSize: UInt64 = 256 << 20,
        faults: FaultPlan = FaultPlan(),
        seed: UInt64 = 1,
        runsLittleEndian: Bool = false
    ) {
        self.platform = platform
        self.dialect = dialect
        self.supportsDump = supportsDump
        self.cpuModel = cpuModel
        self.maximumCPUs = maximumCPUs
        self.hpteSize = hpteSize
        self.realModeAreaSize = realModeAreaSize
        self.faults = faults
        self.seed = seed
        self.runsLittleEndian = runsLittleEndian
    }

    /// Bytes of the CPU section: the header, and 16 bytes for each entry of each CPU.
    var cpuSectionSize: UInt64 {
        let perCPU = dialect.registers.map { $0.count + 2 } ?? cpuModel.entriesPerCPU
        let entries = UInt64(max(0, maximumCPUs)) * UInt64(perCPU)
        return UInt64(RegisterSaveArea.headerSize) + UInt64(RegisterSaveArea.entrySize) * entries
    }

    /// The registers of a CPU that are saved, in order.
    var savedRegisters: [RegisterIdentifier] { dialect.registers ?? cpuModel.registers }
}
