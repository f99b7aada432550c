/// How this kernel makes /proc/vmcore out of a dump.
public struct CoreRules: Sendable, Hashable {
    /// How fs/proc/vmcore.c lays the file out.
    public enum Layout: Sendable, Hashable {
        /// No padding anywhere: notes right behind the program headers, segments right behind the notes (3.4).
        case packed
    }

    public var layout: Layout
    /// `e_flags` of the ELF header: the ABI version, or 0 for kernels that did not fill it in.
    public var headerFlags: UInt32
    /// A memory range that starts at 0 and is smaller than boot memory is listed although boot memory covers it.
    public var repeatsLowMemory: Bool
    /// Bytes that the program header of VMCOREINFO covers.
    public var vmcoreinfoNoteSize: UInt64
    /// Whether the line CRASHTIME= ends in a newline.
    public var crashTimeEndsLine: Bool
}
