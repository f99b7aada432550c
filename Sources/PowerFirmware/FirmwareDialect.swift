/// How a platform does what PAPR describes, where platforms differ.
public struct FirmwareDialect: Sendable, Hashable {
    /// The RTAS token of ibm,configure-kernel-dump, and of ibm,os-term.
    public var dumpToken: UInt32
    public var osTermToken: UInt32
    /// The value of ibm,configure-kernel-dump-version: lowest and highest version, 16 bits each.
    public var versionCells: [UInt8]
    /// Where the register save area has the number of CPUs.
    public var cpuCountOffset: UInt32
    /// Whether a section of registers or HPTEs counts as dumped in its whole length, and not only as far as it was
    /// filled. The design document's example shows the whole length.
    public var dumpsWholeSections: Bool
    /// Whether a registration survives a reset of the partition that takes no dump.
    public var registrationSurvivesReset: Bool
    /// Whether a waiting dump survives a reset of the partition.
    public var dumpSurvivesReset: Bool
    /// The status word of a dump that went well.
    public var performedStatus: DumpStatusFlags
    /// Whether a registration must have exactly the length of its sections.
    public var wantsExactLength: Bool
    /// The registers of every CPU, in the order in which they are saved; nil saves those of the CPU model, and keeps
    /// room for more.
    public var registers: [RegisterIdentifier]?
    /// Whether there is an HPTE save area.
    public var savesHPTEs: Bool
    /// What the CPU section reports where its destination is no memory.
    public var badCPUDestination: SectionErrorFlags
    /// The error flags of a section are stored in the byte order of a little-endian host.
    public var swapsErrorFlags: Bool

    /// PAPR as written.
    public static let phyp = FirmwareDialect(
        dumpToken: 0x2023,
        osTermToken: 0x201f,
        versionCells: [0, 1, 0, 1],
        cpuCountOffset: RegisterSaveArea.countOffset,
        dumpsWholeSections: true,
        registrationSurvivesReset: false,
        dumpSurvivesReset: true,
        performedStatus: [.performed, .triggered],
        wantsExactLength: true,
        registers: nil,
        savesHPTEs: true,
        badCPUDestination: .invalidDestination,
        swapsErrorFlags: false
    )

    /// What QEMU's pseries machine does: another place for the number of CPUs, no HPTEs, only what was filled counts as
    /// dumped, and nothing outlives a reset that took no dump.
    ///
    /// Source: QEMU 11.1, hw/ppc/spapr_fadump.c; held against recordings.
    public static let qemu: FirmwareDialect = {
        var dialect = FirmwareDialect.phyp
        dialect.dumpToken = 0x202d
        dialect.versionCells = [1, 0, 1, 0]
        dialect.cpuCountOffset = 0x10
        dialect.dumpsWholeSections = false
        dialect.dumpSurvivesReset = false
        dialect.wantsExactLength = false
        dialect.registers = RegisterSet.qemu
        dialect.savesHPTEs = false
        dialect.badCPUDestination = .invalidSource
        dialect.swapsErrorFlags = true
        return dialect
    }()
}
