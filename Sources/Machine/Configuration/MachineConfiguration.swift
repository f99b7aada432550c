import BinaryCodec
import CoreFile
import FadumpKernel
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SyntheticKernel

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
        /// What QEMU's pseries machine does.
        case qemu
        /// A platform without support for firmware-assisted dump.
        case none
    }

    public var name = "default"
    public var memory = MemoryMap(size: 2 << 30)
    /// CPUs that are online at power-on, and the number that the register save area has room for; nil is what the
    /// platform has by itself: 64, in QEMU and on a bare machine the CPUs that there are.
    public var cpus = 2
    public var maximumCPUs: Int?
    public var cpuModel = CPUModel.power6
    /// Bytes of the HPTE save area.
    public var hpteSize: UInt64 = 0x1000
    /// Bytes of a page of the machine's kernel.
    public var pageSize: UInt64 = 64 << 10
    /// Nil takes the profile's default.
    public var endianness: Endianness?
    /// Bytes of the real mode area; nil is what the platform has by itself: 256 MiB, and in QEMU the first range.
    public var realModeArea: UInt64?
    /// How the processors translate addresses, where the command line leaves it open.
    public var mmu = MMU.radix
    public var kernel = KernelProfile.default
    /// What memory and core file of a dump look like.
    public var dumpArchitecture = DumpArchitecture.power
    /// What the kernel is built with.
    public var build = KernelBuild()
    /// Which machine it is: a partition, or the bare machine.
    public var platform = Platform.pseries
    public var firmware = Firmware.phyp
    public var commandLine = "fadump=on"
    public var clock = Clock.instant
    /// How /proc/vmcore is read.
    public var vmcore = VMCoreMode.auto
    /// Seconds since 1970 at power-on; nil for the host's.
    public var date: Int64?
    /// How memory is filled; nil for memory that is clear.
    public var fill: MemoryFill?
    /// The seed of all that is arbitrary.
    public var seed: UInt64 = 1
    /// What firmware answers instead of doing its work.
    public var faults = FaultPlan()
    /// The file with a real kernel's memory, and what `adopt` was given of it.
    public var imagePath: String?
    public internal(set) var image: MachineImage?
    /// Where the settings come from; one that is missing has its default.
    public internal(set) var origins: [MachineSetting: SettingOrigin] = [:]

    public init() {}

    public var effectiveEndianness: Endianness { endianness ?? kernel.endiannesses.first ?? .big }

    /// The kernel as it was built.
    public var effectiveKernel: KernelProfile {
        var built = kernel.built(with: build)
        if let release = image?.description.release { built.release = release }
        return platform == .powernv ? built.onOPAL ?? built : built
    }

    /// What is where in the kernel's memory.
    public var kernelLayout: KernelLayout {
        KernelLayout(
            effectiveKernel,
            effectiveEndianness,
            pageSize: pageSize,
            architecture: dumpArchitecture
        )
    }

    /// The real mode area of this memory: it ends with the first range at the latest.
    public var effectiveRealModeArea: UInt64 {
        let asked = realModeArea ?? (firmware == .qemu ? .max : 256 << 20)
        return min(asked, memory.ranges.first?.count ?? asked)
    }

    /// A partition may get more CPUs later; QEMU and a bare machine have those that they have.
    public var effectiveMaximumCPUs: Int {
        maximumCPUs ?? (firmware == .qemu || platform == .powernv ? cpus : max(64, cpus))
    }

    var platformConfiguration: PlatformConfiguration {
        PlatformConfiguration(
            platform: platform,
            dialect: firmware == .qemu ? .qemu : .phyp,
            supportsDump: firmware != .none,
            cpuModel: cpuModel,
            maximumCPUs: effectiveMaximumCPUs,
            hpteSize: hpteSize,
            realModeAreaSize: effectiveRealModeArea,
            faults: faults,
            seed: seed,
            runsLittleEndian: effectiveEndianness == .little
        )
    }
}
