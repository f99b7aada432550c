import CoreFile
import KernelProfile
import PowerFirmware

/// The platform's part of fadump: what RTAS and OPAL do each their own way. The common part asks, and never for a name.
///
/// It has no state: what it has to keep is the kernel's, in `DumpState` or in memory.
/// Source: `struct fadump_ops` (Linux 5.4, fadump-internal.h).
protocol FadumpPlatform: Sendable {
    /// The dump that firmware tells of at boot, with what the kernel says of it; nil where none waits.
    func findDump(_ kernel: inout FadumpKernel, _ hardware: Hardware) -> DumpMemoryStructure?

    /// Prepares what the platform keeps in a new area beside the dump. False where fadump cannot be had then.
    func setUp(_ area: ReservedArea, _ kernel: inout FadumpKernel, _ hardware: inout Hardware) -> Bool

    /// What is to be saved for `area`, section by section.
    func structure(registering area: ReservedArea) -> DumpMemoryStructure

    /// Registers, unregisters, or throws a dump away, and follows what firmware answers.
    func call(_ call: PendingCall, _ kernel: inout FadumpKernel, _ hardware: inout Hardware) -> [Effect]

    /// What firmware itself says of a dump that waits.
    func check(
        _ structure: DumpMemoryStructure,
        _ kernel: inout FadumpKernel,
        _ hardware: Hardware
    ) throws(UnusableDump)

    /// A note for each CPU that belongs into the dump, in firmware's order.
    func cpuNotes(
        of dump: WaitingDump,
        _ header: CrashInfoHeader,
        _ kernel: inout FadumpKernel,
        _ hardware: Hardware
    ) throws(UnusableDump) -> [ELFNote]

    /// fadump_region, in the form that tells sources and destinations.
    func regionText(_ area: ReservedArea, _ kernel: FadumpKernel, _ hardware: Hardware) -> String

    /// The number by which the crashed CPU is found again in what firmware saves.
    func crashingCPU(_ cpu: UInt32, _ hardware: Hardware) -> UInt32

    /// Asks firmware to end this boot, in the kernel's words for the reason.
    func terminate(
        _ reason: String,
        _ kernel: inout FadumpKernel,
        _ hardware: inout Hardware
    ) -> Termination

    /// Shows what firmware left of itself, in a boot that came by a crash.
    func exportFirmware(_ kernel: inout FadumpKernel, _ hardware: Hardware)
}

/// How the attempt to end a boot ended.
enum Termination: Sendable, Hashable {
    /// It does not return: firmware takes the dump.
    case dump
    /// Firmware is busy and wants to be asked again.
    case busy(milliseconds: UInt64)
    case returned
}

extension FadumpKernel {
    /// The part that goes with the firmware of this machine: the device tree says which it is.
    ///
    /// Source: `early_init_dt_scan_fw_dump` (Linux 5.4, fadump.c).
    static func platform(_ profile: KernelProfile, _ hardware: Hardware) -> any FadumpPlatform {
        switch hardware.firmware.configuration.platform {
        case .pseries: RTASPlatform()
        case .powernv: OPALPlatform(rules: profile.opal ?? .initial)
        }
    }
}
