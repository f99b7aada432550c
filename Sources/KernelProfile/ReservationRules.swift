/// What can happen while the reserved dump area is placed at the top of memory.
///
/// Source: `fadump_reserve_mem`, `get_fadump_area_size` (Linux 3.4, arch/powerpc/kernel/fadump.c).
public struct ReservationRules: Sendable, Hashable {
    /// Whether a memory limit is raised so that the area fits above it.
    public var raisesMemoryLimit: Bool
    /// Whether boot memory and area must fit into memory without overlapping. 3.4 does not look: its area may
    /// overlap boot memory, or even wrap around the address space.
    public var mustFit: Bool
}
