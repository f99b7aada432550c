/// What the capture kernel does with a dump that waits, before there is a /proc/vmcore and after it.
///
/// Source: `fadump_reserve_mem`, `process_fadump`, `fadump_release_memory` (Linux 3.4 to 4.19, fadump.c), and
/// `rtas_fadump_process` (5.4 and later, rtas-fadump.c).
public struct CaptureRules: Sendable, Hashable {
    /// How the memory above boot memory is kept, and with how many lines in the log.
    public enum Holding: Sendable, Hashable {
        /// As one, holes included (3.4 to 4.14).
        case whole
        /// Each range of memory by itself (4.19).
        case ranges
        /// The same; a range that ends right where boot memory does counts as an empty one (5.4).
        case rangesFromEnd
    }

    /// What makes a dump unusable.
    public enum Check: Sendable, Hashable {
        /// The structure's error flag alone, error flags of registers or boot memory, boot memory not whole, no
        /// registers at all. HPTEs are not looked at.
        case wholeDump
        /// Every section by itself: error flags, or not dumped in its whole length (6.10).
        case eachSection
    }

    /// How released memory is given back, range by range.
    public enum Freeing: Sendable, Hashable {
        /// The first page behind a range that was given back is skipped (4.14, 4.19).
        case skippingAPageBetweenRanges
        case exact
    }

    public var holding: Holding
    public var check: Check
    public var freeing: Freeing
}
