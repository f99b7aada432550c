/// Where the emulated kernel's own things lie in memory, as physical addresses.
///
/// Source: recorded from a 3.4.113 build where one was recorded (the VMCOREINFO note, the memory the kernel
/// itself takes); the rest is chosen inside the kernel image.
public struct ImageRules: Sendable, Hashable {
    /// The first address above the kernel image.
    public var end: UInt64
    /// The first address that the early boot code may allocate from, behind kernel and initrd.
    public var firstFree: UInt64
    /// The VMCOREINFO note, and the bytes kept for its text.
    public var vmcoreinfoNote: UInt64
    public var vmcoreinfoSize: UInt64
    /// The dump memory structure that is handed to firmware.
    public var dumpMemoryStructure: UInt64
    /// The buffer for ibm,os-term's message.
    public var osTermBuffer: UInt64
    /// `init_uts_ns` and `linux_banner`.
    public var utsNamespace: UInt64
    public var banner: UInt64
    /// The kernel page table.
    public var pageDirectory: UInt64
    /// Bytes that the running kernel takes out of MemTotal, and out of MemFree once user space is up.
    public var reservedBytes: UInt64
    public var usedBytes: UInt64

    /// The virtual address at which the kernel sees `physical`.
    public static func virtual(_ physical: UInt64) -> UInt64 { physical | 0xc000_0000_0000_0000 }
}
