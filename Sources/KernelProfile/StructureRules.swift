/// What differs between kernels in the structures that dump tools read.
///
/// Source: the headers of each kernel, as named at the fields; VMCOREINFO of a 7.2.13 as recorded.
public struct StructureRules: Sendable, Hashable {
    /// How the kernel keeps what it printed.
    public enum Log: Sendable, Hashable {
        /// Text with a level in front of every line, in a ring of bytes (up to 3.4).
        case bytes
        /// Records with a head, in a ring of bytes (3.5); the structure is called `log`, since 3.11 `printk_log`.
        case records(name: String)
        /// Descriptors and infos beside a ring of text (5.10).
        case ringBuffer(RingBuffer)
    }

    public enum Finalized: Sendable, Hashable {
        case nothing, descriptor, sequence
    }

    /// What differs between kernels with a ring buffer.
    public struct RingBuffer: Sendable, Hashable {
        /// What the ring remembers of the last message that readers may see: nothing, its descriptor (5.18), its
        /// sequence number (6.7).
        public var finalized: Finalized
        /// Where the sequence number of the last `dmesg -c` has a copy, so that it can be read in any context.
        public var clearSequenceIsLatched: Bool
    }

    /// How `struct page` is laid out.
    public enum Page: Sendable, Hashable {
        /// The mapping behind the flags, list and private data behind the counters (up to 4.17).
        case mappingFirst
        /// List, mapping and private data behind the flags (4.18).
        case listFirst
    }

    /// The numbers of flags of a page that dump tools ask for.
    public struct PageFlags: Sendable, Hashable {
        public var referenced: Int
        public var uptodate: Int
        public var lru: Int
        public var active: Int
        /// Nil where slab pages have no flag but a type (6.10).
        public var slab: Int?
        public var reserved: Int
        public var privateData: Int
        public var head: Int
        public var swapCache: Int
        public var swapBacked: Int
    }

    /// What `page._mapcount` holds instead of a count, for pages of a type.
    public struct PageTypes: Sendable, Hashable {
        public var buddy: Int32
        /// Nil where slab pages have a flag.
        public var slab: Int32?
        public var hugetlb: Int32?
        public var offline: Int32?
    }

    /// Where `struct thread_info` is, and in it or beside it the number of the task's CPU.
    public enum ThreadInfo: Sendable, Hashable {
        /// At the bottom of the stack.
        case stack
        /// At the start of the task, with the CPU beside it (5.1).
        case task
        /// At the start of the task, with the CPU in it (5.16).
        case taskWithCPU
    }

    public var log: Log
    public var page: Page
    /// `_count`, and since 4.6 `_refcount`.
    public var pageCounter: String
    public var pageFlags: PageFlags
    public var pageTypes: PageTypes
    /// `struct uts_namespace` begins with a reference count (up to 5.10).
    public var namespaceBeginsWithCount: Bool
    /// MAX_PHYSMEM_BITS with pages of 64K, and with smaller ones.
    public var physicalBits: Int
    public var physicalBitsOfSmallPages: Int
    /// Kinds of free lists that each order has: MIGRATE_TYPES.
    public var migrateTypes: Int
    /// Translates with radix page tables where the platform does (4.7).
    public var knowsRadix: Bool
    /// `mem_section` is a pointer to a table that is allocated at boot (4.15).
    public var allocatesSectionTable: Bool
    /// Threads of a process hang at their signal structure (3.14), and no more at one another.
    public var threadsHangAtSignal: Bool
    public var threadInfo: ThreadInfo
    /// VMCOREINFO tells the identifier of the build (5.9).
    public var tellsBuildID: Bool
    /// The number of a process leads to it by an XArray (4.20).
    public var findsProcessesByXArray = false

    public init(
        log: Log,
        page: Page,
        pageCounter: String,
        pageFlags: PageFlags,
        pageTypes: PageTypes,
        namespaceBeginsWithCount: Bool,
        physicalBits: Int,
        physicalBitsOfSmallPages: Int,
        migrateTypes: Int,
        knowsRadix: Bool,
        allocatesSectionTable: Bool,
        threadsHangAtSignal: Bool,
        threadInfo: ThreadInfo,
        tellsBuildID: Bool
    ) {
        self.log = log
        self.page = page
        self.pageCounter = pageCounter
        self.pageFlags = pageFlags
        self.pageTypes = pageTypes
        self.namespaceBeginsWithCount = namespaceBeginsWithCount
        self.physicalBits = physicalBits
        self.physicalBitsOfSmallPages = physicalBitsOfSmallPages
        self.migrateTypes = migrateTypes
        self.knowsRadix = knowsRadix
        self.allocatesSectionTable = allocatesSectionTable
        self.threadsHangAtSignal = threadsHangAtSignal
        self.threadInfo = threadInfo
        self.tellsBuildID = tellsBuildID
    }
}
