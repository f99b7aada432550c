import PhysicalMemory

/// The platform's firmware as a value: what is registered, what dump waits.
///
/// It knows RAM and CPUs, and nothing of kernels or files.
public struct PowerFirmware: Sendable {
    public let configuration: PlatformConfiguration
    var faults: FaultPlan

    /// What the kernel registered; nil where nothing is.
    public internal(set) var registration: DumpMemoryStructure?
    /// The dump that waits, with its status; nil where none does.
    public internal(set) var waitingDump: DumpMemoryStructure?
    /// What OPAL was told, and tells.
    public internal(set) var mpipl = MemoryPreservingIPL()
    /// What the last ibm,os-term said.
    public internal(set) var terminationMessage: String?

    public init(_ configuration: PlatformConfiguration) {
        self.configuration = configuration
        faults = configuration.faults
    }

    public var supportsDump: Bool { configuration.supportsDump }

    /// Bytes of the CPU section, as ibm,configure-kernel-dump-sizes says.
    /// OPAL saves registers in memory of its own.
    public var cpuSectionSize: UInt64 {
        configuration.platform == .powernv ? 0 : configuration.cpuSectionSize
    }
    public var hpteSectionSize: UInt64 {
        let savesHPTEs = configuration.platform == .pseries && configuration.dialect.savesHPTEs
        return savesHPTEs ? configuration.hpteSize : 0
    }

    /// The registers of a CPU of this platform.
    public func cpuState(of logicalID: UInt32) -> CPUState {
        var cpu = CPUState(logicalID: logicalID, model: configuration.cpuModel, seed: configuration.seed)
        if configuration.runsLittleEndian { cpu.runLittleEndian() }
        return cpu
    }

    /// The partition is reset without a dump.
    public mutating func reset(keepingDump: Bool) {
        if !configuration.dialect.registrationSurvivesReset { registration = nil }
        let dumpStays =
            keepingDump && configuration.dialect.dumpSurvivesReset && configuration.platform == .pseries
        if !dumpStays { waitingDump = nil }
        mpipl = MemoryPreservingIPL()
    }

    /// Power is cut; nothing stays.
    public mutating func powerOff() {
        registration = nil
        waitingDump = nil
        terminationMessage = nil
        mpipl = MemoryPreservingIPL()
    }
}
