import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage

/// The Linux side of fadump during one boot, as a value: events in, effects out.
///
/// It has no clock, no lock and no descriptor; `Hardware` comes in with every event. A boot is made by
/// `boot(_:on:)` and is over when an effect says `.leave`.
public struct FadumpKernel: Sendable {
    public let profile: KernelProfile
    public let endianness: Endianness
    public let pageSize: UInt64
    /// The kernel whose memory this is, where it is a real one's.
    public internal(set) var realKernel: RealKernel?
    /// The kernel that the waiting dump is of, where that was a real one.
    let crashedKernel: RealKernel?
    /// What a dump of this kernel looks like.
    public let architecture: DumpArchitecture
    /// The command line, with what the crashed kernel appended for this one.
    public internal(set) var commandLine: CommandLine
    /// Bytes of the real mode area.
    let realModeArea: UInt64
    /// What the platform translates addresses with, where the command line leaves it open.
    let mmu: MMU

    /// Memory below the limit of `mem=`, or all of it.
    public internal(set) var memory: MemoryMap
    /// The physical address of the VMCOREINFO note in this boot, as /sys/kernel/vmcoreinfo says.
    public internal(set) var vmcoreinfoAddress: UInt64
    /// What the kernel printed in this boot.
    public internal(set) var log = KernelLog()

    /// The part of the platform.
    let platformPart: any FadumpPlatform
    /// The same, free to be handed this kernel.
    var platform: any FadumpPlatform { platformPart }
    var state: DumpState = .unsupported
    /// Bytes of the reserved area that applications may use through CMA meanwhile.
    var lentBytes: UInt64 = 0
    /// Whether the file that releases the dump was made: it stays for the whole boot.
    var hasReleaseFile = false
    var kdump: KdumpState = .none
    /// The core file of OPAL itself, in a boot that came by a crash, until it is freed; and whether it has files.
    public internal(set) var opalCore: CoreFile?
    var hasOPALCoreFiles = false

    /// The firmware call that firmware was too busy for; others wait behind it as behind the kernel's mutex.
    var pendingCall: PendingCall?
    var queue: [QueuedWrite] = []
    /// The machine restarts as soon as the pending call is through.
    var leavesWhenCallEnds = false

    var panicTimeout: Int32
    var panicOnOops: Bool
    /// Set from the crash on: nothing runs any more.
    public internal(set) var crash: CrashInProgress?
    /// How many lines the log had before the last crash.
    var linesBeforeCrash = 0

    /// What the kernel printed on its way down.
    public var lastWords: [String] { log.records.dropFirst(linesBeforeCrash).map(\.message.text) }

    /// Prints a line into the log.
    mutating func print(_ message: Message, _ hardware: Hardware) {
        log.print(message, at: hardware.uptime)
    }
}

/// How a kernel is started.
public struct BootOptions: Sendable {
    public var profile: KernelProfile
    public var endianness: Endianness
    public var pageSize: UInt64
    public var realModeArea: UInt64
    public var mmu: MMU
    public var commandLine: String
    public var architecture: DumpArchitecture
    /// Set where this is the capture kernel of a kdump crash.
    public var kdumpCapture: KdumpCapture?
    /// Set where the machine's memory is a real kernel's.
    public var realKernel: RealKernel?
    /// Set where the waiting dump is a real kernel's.
    public var crashedKernel: RealKernel?

    public init(
        profile: KernelProfile,
        endianness: Endianness,
        pageSize: UInt64,
        realModeArea: UInt64,
        mmu: MMU = .radix,
        commandLine: String,
        architecture: DumpArchitecture = .power,
        kdumpCapture: KdumpCapture? = nil,
        realKernel: RealKernel? = nil,
        crashedKernel: RealKernel? = nil
    ) {
        self.profile = profile
        self.endianness = endianness
        self.pageSize = pageSize
        self.realModeArea = realModeArea
        self.mmu = mmu
        self.commandLine = commandLine
        self.architecture = architecture
        self.kdumpCapture = kdumpCapture
        self.realKernel = realKernel
        self.crashedKernel = crashedKernel
    }
}
