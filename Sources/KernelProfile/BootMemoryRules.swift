/// How the kernel decides how much boot memory to have firmware preserve.
///
/// Source: `fadump_calculate_reserve_size` (Linux 3.4, arch/powerpc/kernel/fadump.c).
public struct BootMemoryRules: Sendable, Hashable {
    /// The share of RAM is one in `shareDivisor` (20: five per cent) ...
    public var shareDivisor: UInt64
    /// ... rounded down to a multiple of this.
    public var shareMultiple: UInt64
    /// The least there is, without regard to the real mode area.
    public var floor: UInt64
    /// Whether the real mode area counts as a floor too (capped at `realModeCap`).
    public var countsRealModeArea: Bool
    public var realModeCap: UInt64
    /// Added to the floor, for the capture kernel's network modules.
    public var headroom: UInt64

    /// The size the kernel takes by itself, in bytes.
    ///
    /// `memoryEnd` is the end of RAM, `limit` the value of `mem=` where one holds.
    public func automaticSize(memoryEnd: UInt64, limit: UInt64?, realModeArea: UInt64) -> UInt64 {
        var size = memoryEnd / shareDivisor / shareMultiple * shareMultiple
        if let limit { size = min(size, limit) }
        let realMode = countsRealModeArea ? min(realModeArea, realModeCap) : 0
        return max(size, max(floor, realMode) &+ headroom)
    }
}
