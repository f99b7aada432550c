import BinaryCodec
import KernelProfile
import PhysicalMemory
import PowerFirmware

/// Everything that makes a machine this machine. Two machines of equal configuration behave alike.
public struct MachineConfiguration: Sendable {
    /// How machine time passes.
    public enum Clock: String, Sendable, CaseIterable {
        /// Waits take no time; the machine's own time still counts them.
        case instant
        /// Waits take as long as the kernel and the firmware would take.
        case real
    }

    /// Which platform the machine has.
    public enum Firmware: String, Sendable, CaseIterable {
        /// PAPR as written.
        case phyp
        /// A platform without support for firmware-assisted dump.
        case none
    }

    public var name = "default"
    public var memory = MemoryMap(size: 2 << 30)
    /// CPUs that are online at power-on, and the number that the register save area has room for.
    public var cpus = 2
    public var maximumCPUs = 64
    public var cpuModel = CPUModel.power6
    /// Bytes of the HPTE save area.
    public var hpteSize: UInt64 = 0x1000
    /// Bytes of a page of the machine's kernel.
    public var pageSize: UInt64 = 64 << 10
    /// Nil takes the profile's default.
    public var endianness: Endianness?
    /// Bytes of the real mode area.
    public var realModeArea: UInt64 = 256 << 20
    public var kernel = KernelProfile.default
    public var firmware = Firmware.phyp
    public var commandLine = "fadump=on"
    public var clock = Clock.instant
    /// The seed of all that is arbitrary.
    public var seed: UInt64 = 1
    /// What firmware answers instead of doing its work.
    public var faults = FaultPlan()
    /// Where the settings come from; one that is missing has its default.
    public internal(set) var origins: [MachineSetting: SettingOrigin] = [:]

    public init() {}

    public var effectiveEndianness: Endianness { endianness ?? kernel.endiannesses.first ?? .big }

    /// The real mode area of this memory: it ends with the first range at the latest.
    public var effectiveRealModeArea: UInt64 {
        min(realModeArea, memory.ranges.first?.count ?? realModeArea)
    }

    var platform: PlatformConfiguration {
        PlatformConfiguration(
            dialect: .phyp,
            supportsDump: firmware != .none,
            cpuModel: cpuModel,
            maximumCPUs: maximumCPUs,
            hpteSize: hpteSize,
            realModeAreaSize: effectiveRealModeArea,
            faults: faults,
            seed: seed
        )
    }
}
