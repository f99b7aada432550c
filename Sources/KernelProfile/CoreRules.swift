import BinaryCodec

/// How this kernel makes /proc/vmcore out of a dump.
///
/// Source: `fadump_setup_crash_memory_ranges`, `fadump_create_elfcore_headers` (Linux 3.4 to 6.1, fadump.c),
/// `fadump_populate_elfcorehdr` (Linux 6.10 and later), fs/proc/vmcore.c.
public struct CoreRules: Sendable, Hashable {
    /// How fs/proc/vmcore.c lays the file out.
    public enum Layout: Sendable, Hashable {
        /// No padding anywhere: notes right behind the program headers, segments right behind the notes (3.4, 3.10).
        case packed
        /// Headers, notes and segments begin in pages of their own, so that the file can be mapped (3.11).
        case pageAligned
    }

    /// What stands in `e_flags`.
    public enum HeaderFlags: Sendable, Hashable {
        case zero
        /// The version of the ELF ABI: 1 for a big-endian kernel, 2 for a little-endian one.
        case abiVersion
    }

    /// Who lists the memory of the crashed kernel.
    public enum Builder: Sendable, Hashable {
        /// The first kernel when it registers, into the reserved area: memory that is added later is not in it.
        case registration
        /// The capture kernel, from its own map of memory (6.10).
        case captureKernel
    }

    /// Which ranges that follow one another without a gap share a program header.
    public enum Joining: Sendable, Hashable {
        case never
        /// All that touch, boot memory included (4.19).
        case touching
        /// Only those above boot memory, whose bytes are elsewhere (5.19, and the stable kernels since).
        case touchingAboveBootMemory
    }

    public var layout: Layout
    /// `p_align` of the program header of the notes.
    public var noteAlignment: UInt64
    public var headerFlags: HeaderFlags
    public var builder: Builder
    /// A memory range that starts at 0 and is smaller than boot memory is listed although boot memory covers it,
    /// and so is the rest of boot memory with the range that it lies in.
    public var repeatsLowMemory: Bool
    public var joining: Joining
    /// Whether the line CRASHTIME= ends in a newline.
    public var crashTimeEndsLine: Bool
}

extension CoreRules.HeaderFlags {
    /// `e_flags` of a kernel of this byte order.
    public func value(for endianness: Endianness) -> UInt32 {
        switch (self, endianness) {
        case (.zero, _): 0
        case (.abiVersion, .big): 1
        case (.abiVersion, .little): 2
        }
    }
}
