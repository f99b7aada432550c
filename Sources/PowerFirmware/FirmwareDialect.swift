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

    /// PAPR as written.
    public static let phyp = FirmwareDialect(
        dumpToken: 0x2023,
        osTermToken: 0x201f,
        versionCells: [0, 1, 0, 1],
        cpuCountOffset: RegisterSaveArea.countOffset,
        dumpsWholeSections: true,
        registrationSurvivesReset: false,
        dumpSurvivesReset: true,
        performedStatus: [.performed, .triggered]
    )
}
