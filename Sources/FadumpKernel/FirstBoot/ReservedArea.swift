import BinaryCodec
import KernelProfile
import PhysicalMemory

/// The reserved dump area: what lies where in the memory that is kept for a dump.
///
/// In address order: register save area, HPTE save area, copy of boot memory, crash info header, ELF core header.
/// Addresses are computed as the kernel computes them, modulo 2^64: 3.4 lets an area wrap that does not fit.
/// Source: `get_fadump_area_size`, `init_fadump_mem_struct` (Linux 3.4, fadump.c).
public struct ReservedArea: Sendable, Hashable {
    public let start: UInt64
    public let size: UInt64
    public let bootMemorySize: UInt64
    public let cpuSize: UInt64
    public let hpteSize: UInt64
    /// Bytes of the crash info header.
    public let headerSize: UInt64

    public var end: UInt64 { start &+ size }
    public var cpu: UInt64 { start }
    public var hpte: UInt64 { cpu &+ cpuSize }
    public var bootMemoryCopy: UInt64 { hpte &+ hpteSize }
    public var crashInfoHeader: UInt64 { bootMemoryCopy &+ bootMemorySize }
    public var coreHeader: UInt64 { crashInfoHeader &+ headerSize }

    /// The area as a range of memory; nil where it wraps.
    var range: AddressRange? { AddressRange(start: PhysicalAddress(start), count: size) }
}

/// What the size of the reserved dump area depends on.
struct AreaSizes: Sendable, Hashable {
    var bootMemorySize: UInt64
    var cpuSize: UInt64
    var hpteSize: UInt64
    var headerSize: UInt64
    /// How many ranges of memory the kernel knows: each gets a program header, two are spare.
    var memoryRanges: Int
    var pageSize: UInt64

    private static let elfHeader: UInt64 = 64
    private static let programHeader: UInt64 = 56

    var total: UInt64 {
        let programHeaders = 1 + UInt64(memoryRanges) + 2
        let core = Self.elfHeader + Self.programHeader * programHeaders
        return (cpuSize &+ hpteSize &+ bootMemorySize &+ headerSize &+ core).alignedUp(to: pageSize)
    }

    func area(at start: UInt64) -> ReservedArea {
        ReservedArea(
            start: start,
            size: total,
            bootMemorySize: bootMemorySize,
            cpuSize: cpuSize,
            hpteSize: hpteSize,
            headerSize: headerSize
        )
    }
}
