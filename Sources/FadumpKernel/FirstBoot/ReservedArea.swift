import BinaryCodec
import KernelProfile
import PhysicalMemory

/// The reserved dump area: what lies where in the memory that is kept for a dump.
///
/// In address order: register save area, HPTE save area, copy of boot memory, crash info header, ELF core header.
/// Addresses are computed as the kernel computes them, modulo 2^64: 3.4 lets an area wrap that does not fit.
/// Source: `get_fadump_area_size`, `init_fadump_mem_struct` (Linux 3.4, fadump.c), `rtas_fadump_init_mem_struct`
/// (6.12, rtas-fadump.c).
public struct ReservedArea: Sendable, Hashable {
    public let start: UInt64
    public let size: UInt64
    /// The memory that a capture kernel boots in, lowest first; several ranges where low memory has holes.
    public let bootMemory: [AddressRange]
    public let cpuSize: UInt64
    public let hpteSize: UInt64
    /// Bytes of the crash info header.
    public let headerSize: UInt64
    let pageSize: UInt64
    /// The copy of boot memory begins with a page.
    let alignsCopy: Bool
    /// Bytes of the kernel's own metadata, in the last pages of the area; 0 where the platform wants none.
    let metadataSize: UInt64
    /// Where additional parameters for the capture kernel are; nil where the kernel has no room for them.
    public internal(set) var parameterArea: AddressRange?

    public var end: UInt64 { start &+ size }
    /// Bytes of boot memory.
    public var bootMemorySize: UInt64 { bootMemory.reduce(0) { $0 &+ $1.count } }
    /// The first address behind boot memory.
    public var bootMemoryTop: UInt64 { bootMemory.last?.end.rawValue ?? 0 }

    public var cpu: UInt64 { start.alignedDown(to: pageSize) }
    public var hpte: UInt64 { cpu &+ cpuSize }
    public var bootMemoryCopy: UInt64 {
        let behind = hpte &+ hpteSize
        return alignsCopy ? behind.alignedUp(to: pageSize) : behind
    }
    public var crashInfoHeader: UInt64 { bootMemoryCopy &+ bootMemorySize }
    public var coreHeader: UInt64 { crashInfoHeader &+ headerSize }
    var metadata: UInt64 { end &- metadataSize }

    /// The area as a range of memory; nil where it wraps.
    var range: AddressRange? { AddressRange(start: PhysicalAddress(start), count: size) }
}

/// What the size of the reserved dump area depends on.
struct AreaSizes: Sendable, Hashable {
    var bootMemory: [AddressRange]
    var cpuSize: UInt64
    var hpteSize: UInt64
    var headerSize: UInt64
    /// How many ranges of memory the kernel knows: each gets a program header, two are spare.
    var memoryRanges: Int
    var pageSize: UInt64
    var contents: ReservationRules.Contents
    /// In whole pages.
    var metadataSize: UInt64 = 0

    private static let elfHeader: UInt64 = 64
    private static let programHeader: UInt64 = 56

    var bootMemorySize: UInt64 { bootMemory.reduce(0) { $0 &+ $1.count } }

    var total: UInt64 { withoutMetadata &+ metadataSize }

    private var withoutMetadata: UInt64 {
        let saved = cpuSize &+ hpteSize
        let rest = bootMemorySize &+ headerSize
        let core = Self.elfHeader + Self.programHeader * (1 + UInt64(memoryRanges) + 2)
        switch contents {
        case .coreHeader:
            return (saved &+ rest &+ core).alignedUp(to: pageSize)
        case .coreHeaderAndAlignedCopy:
            return (saved.alignedUp(to: pageSize) &+ rest &+ core).alignedUp(to: pageSize)
        case .alignedCopy:
            return saved.alignedUp(to: pageSize) &+ rest
        }
    }

    func area(at start: UInt64) -> ReservedArea {
        ReservedArea(
            start: start,
            size: total,
            bootMemory: bootMemory,
            cpuSize: cpuSize,
            hpteSize: hpteSize,
            headerSize: headerSize,
            pageSize: pageSize,
            alignsCopy: contents != .coreHeader,
            metadataSize: metadataSize
        )
    }
}
