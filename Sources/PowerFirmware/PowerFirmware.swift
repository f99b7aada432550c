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

    /// The partition is reset without a dump.
    public mutating func reset(keepingDump: Bool) {
        if !configuration.dialect.registrationSurvivesReset { registration = nil }
        if !keepingDump || !configuration.dialect.dumpSurvivesReset { waitingDump = nil }
        // OPAL begins anew: only the boot right after a crash knows of it.
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
