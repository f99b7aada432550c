/// Where the reserved dump area goes, and what happens where it does not fit.
///
/// Source: `fadump_reserve_mem`, `get_fadump_area_size` (Linux 3.4 to 7.2, arch/powerpc/kernel/fadump.c).
public struct ReservationRules: Sendable, Hashable {
    public enum Placement: Sendable, Hashable {
        /// It ends where memory ends, or where `mem=` limits it. 3.4 does not look whether it overlaps boot memory, or
        /// even wraps around the address space; with `mustFit` it does.
        case top(mustFit: Bool)
        /// At boot memory's size, or a multiple of its own size above that.
        case steps
        /// At the lowest free address behind boot memory.
        case lowest
    }

    /// What the area contains beyond the sections and the crash info header, and where it is padded to pages.
    public enum Contents: Sendable, Hashable {
        /// An ELF core header; padded at the end.
        case coreHeader
        /// An ELF core header; padded before the copy of boot memory, so that it can be mapped, and at the end.
        case coreHeaderAndAlignedCopy
        /// No ELF core header; padded before the copy of boot memory only.
        case alignedCopy
    }

    public enum Failure: Sendable, Hashable {
        /// fadump is off, and kdump has its turn.
        case disables
        /// fadump stays on without an area, and a registration is ENODEV.
        case leavesEnabled
    }

    public var placement: Placement
    public var contents: Contents
    public var failure: Failure
    /// Whether a memory limit is raised so that the area fits above it.
    public var raisesMemoryLimit: Bool
    /// The area is lent to applications through CMA, and the kernel says so.
    public var usesCMA: Bool
    /// Where the kernel puts the area for additional parameters; nil for kernels that have none.
    public var parameterArea: ParameterAreaRules?
    /// Bytes of the kernel's own metadata at the end of the area, before they are rounded to pages.
    public var metadataSize: UInt64
    /// Without an offset, kdump's area begins at half the real mode area, at most here.
    public var crashKernelStart: UInt64
}

/// Where the area for additional parameters of the capture kernel goes: `bytes`, aligned to `bytes`, as high as
/// possible.
///
/// Source: `fadump_setup_param_area` (Linux 6.12, 7.2, arch/powerpc/kernel/fadump.c).
public struct ParameterAreaRules: Sendable, Hashable {
    public enum HashWindow: Sendable, Hashable {
        /// Between these addresses (6.12).
        case fixed(start: UInt64, end: UInt64)
        /// From here to the end of the real mode area or of boot memory, what comes first (7.2).
        case belowBootMemory(start: UInt64)
    }

    /// COMMAND_LINE_SIZE.
    public var bytes: UInt64
    /// With the hash MMU a smaller real mode area has no room for it, and the kernel says nothing.
    public var leastRealModeArea: UInt64
    public var hashWindow: HashWindow
}
