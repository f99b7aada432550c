import BinaryCodec

/// What differs between kernel versions, as data.
///
/// Code that models the kernel asks a profile; it never asks for a version. A new kernel is a new value in
/// `Profiles/`, held to its own recorded evidence.
public struct KernelProfile: Sendable {
    /// The name that `--kernel` takes, e.g. `rfc-v7`.
    public var name: String
    /// One line for a list of profiles.
    public var summary: String
    /// What `uname -r` says in the machine.
    public var release: String
    /// What this profile was held against.
    public var evidence: KernelEvidence
    /// The byte orders this kernel was built for; the first is the default.
    public var endiannesses: [Endianness]
    /// CONFIG_NR_CPUS: the width of the CPU masks inside kernel structures.
    public var maximumCPUs: Int
    public var build = KernelBuild()

    public var image: ImageRules
    public var parameters: ParameterRules
    public var bootMemory: BootMemoryRules
    public var reservation: ReservationRules
    public var interface: InterfaceRules
    public var crashInfo: CrashInfoRules
    public var core: CoreRules
    public var capture: CaptureRules
    public var crash: CrashRules
    public var deviceTree: DeviceTreeRules
    public var files: FileRules
    public var structures: StructureRules
    public var messages: Messages
    /// What is different on a bare machine; nil for kernels whose fadump knows RTAS only.
    public var opal: OPALRules?
}

extension KernelProfile {
    /// Every profile, in the order of the kernels' release.
    public static let all: [KernelProfile] = [
        .rfcV7, .linux34, .linux310, .linux44, .linux414, .linux419, .linux54, .linux510, .linux61, .linux612,
        .linux72,
    ]

    /// The design document's own kernel.
    public static let `default` = KernelProfile.rfcV7

    /// The profile of this name; nil where there is none.
    public static func named(_ name: String) -> KernelProfile? {
        all.first { $0.name == name }
    }
}
