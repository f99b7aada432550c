/// Where the emulated kernel's own things lie in memory, as physical addresses.
///
/// Source: recorded from a 3.4.113 build where one was recorded (the VMCOREINFO note, the memory the kernel
/// itself takes); the rest is chosen inside the kernel image.
public struct ImageRules: Sendable, Hashable {
    /// Where the running kernel keeps its VMCOREINFO note.
    public enum NotePlace: Sendable, Hashable {
        /// In the image, at `vmcoreinfoNote` (up to 4.12).
        case image
        /// Memory that was allocated from below, at about this address.
        case low(UInt64)
        /// Memory that was allocated from the top, about so many bytes below the end of what the kernel may use.
        case belowEnd(UInt64)
    }

    /// The first address above the kernel image.
    public var end: UInt64
    /// The first address that the early boot code may allocate from, behind kernel and initrd.
    public var firstFree: UInt64
    /// The VMCOREINFO note in the image, and where the running kernel has it.
    public var vmcoreinfoNote: UInt64
    public var vmcoreinfoPlace: NotePlace
    /// Bytes that are kept for the note's text; nil for a page.
    public var vmcoreinfoText: UInt64?
    /// Bytes that are counted beside the text, for the heads of the note.
    public var vmcoreinfoHeads: UInt64
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

    /// Bytes of the whole VMCOREINFO note in a kernel with pages of this size.
    ///
    /// Source: `vmcoreinfo_max_size` (Linux 3.4), VMCOREINFO_NOTE_SIZE (4.4 and later): two heads of 12 bytes and the
    /// name beside the text, which has 4096 bytes and from 4.13 on a page.
    public func vmcoreinfoSize(pageSize: UInt64) -> UInt64 {
        (vmcoreinfoText ?? pageSize) &+ vmcoreinfoHeads
    }

    /// The virtual address at which the kernel sees `physical`.
    public static func virtual(_ physical: UInt64) -> UInt64 { physical | 0xc000_0000_0000_0000 }
}
