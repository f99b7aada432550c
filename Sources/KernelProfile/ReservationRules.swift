/// Where the reserved dump area goes and what can go wrong there.
///
/// Source: `fadump_reserve_mem`, `get_fadump_area_size` (Linux 3.4, arch/powerpc/kernel/fadump.c).
public struct ReservationRules: Sendable, Hashable {
    /// How the kernel places the area.
    public enum Placement: Sendable, Hashable {
        /// Its end is the end of memory, or the memory limit.
        case topOfMemory
    }

    public var placement: Placement
    /// Whether the ELF core header lies in the area, behind the crash info header.
    public var holdsCoreHeader: Bool
    /// Whether a memory limit is raised so that the area fits above it.
    public var raisesMemoryLimit: Bool
    /// Whether boot memory and area must fit into memory without overlapping. 3.4 does not look: its area may
    /// overlap boot memory, or even wrap around the address space.
    public var mustFit: Bool
}
