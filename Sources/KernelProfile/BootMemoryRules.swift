/// How the kernel decides how much boot memory to have firmware preserve.
///
/// Source: `fadump_calculate_reserve_size` (Linux 3.4 to 7.2, arch/powerpc/kernel/fadump.c).
public struct BootMemoryRules: Sendable, Hashable {
    /// The least that the kernel takes by itself.
    public enum Minimum: Sendable, Hashable {
        /// So many bytes.
        case fixed(UInt64)
        /// The real mode area, up to `cap`, at least `floor`, and `headroom` on top for network modules.
        case realModeArea(floor: UInt64, cap: UInt64, headroom: UInt64)
    }

    /// The share of RAM is one in `shareDivisor` (20: five per cent) ...
    public var shareDivisor: UInt64
    /// ... rounded down to a multiple of this.
    public var shareMultiple: UInt64
    /// The share is taken of the sum of all RAM, and not of the address where RAM ends.
    public var sharesTotal: Bool
    public var minimum: Minimum
    /// `crashkernel=` says the size, before `fadump_reserve_mem=`; its offset is ignored.
    public var takesCrashKernelSize: Bool
    /// What `crashkernel=` may ask for at most is RAM divided by this.
    public var crashKernelCapDivisor: UInt64
    /// A size below the minimum, asked for, keeps fadump off.
    public var enforcesMinimum: Bool
    /// The size is rounded up to pages.
    public var roundsToPages: Bool
    /// The size is rounded up to what CMA needs, in bytes; 0 is not rounded.
    public var cmaAlignment: UInt64
    /// Ranges that boot memory may consist of, where low memory has holes; nil for kernels that take everything below
    /// its size for memory.
    public var maximumRegions: Int?
    /// The most bytes of one range, in whole pages; nil is not limited.
    public var largestRegion: UInt64?

    /// The least size in bytes on a machine with this real mode area.
    public func least(realModeArea: UInt64) -> UInt64 {
        switch minimum {
        case .fixed(let bytes): bytes
        case .realModeArea(let floor, let cap, let headroom): max(floor, min(realModeArea, cap)) &+ headroom
        }
    }

    /// The size the kernel takes by itself, in bytes.
    ///
    /// `memory` is all RAM, `memoryEnd` where it ends, `limit` the value of `mem=` where one holds.
    public func automaticSize(
        memory: UInt64,
        memoryEnd: UInt64,
        limit: UInt64?,
        realModeArea: UInt64
    ) -> UInt64 {
        let whole = sharesTotal ? memory : memoryEnd
        var size = whole / shareDivisor / shareMultiple * shareMultiple
        if let limit { size = min(size, limit) }
        return max(size, least(realModeArea: realModeArea))
    }
}
