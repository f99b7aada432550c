/// The structures of each kernel: what changed since the one before.
///
/// Source: printk.c, mm_types.h, page-flags.h, mmzone.h, sched.h of each kernel. 7.2.13 is recorded, the others are read.
extension StructureRules {
    static let linux34 = StructureRules(
        log: .bytes,
        page: .mappingFirst,
        pageCounter: "_count",
        pageFlags: PageFlags(
            referenced: 2,
            uptodate: 3,
            lru: 5,
            active: 6,
            slab: 7,
            reserved: 10,
            privateData: 11,
            head: 14,
            swapCache: 16,
            swapBacked: 19
        ),
        pageTypes: PageTypes(buddy: -128),
        namespaceBeginsWithCount: true,
        // 44 in 3.4 itself; 46 since 3.7, which reaches all machines here.
        physicalBits: 46,
        physicalBitsOfSmallPages: 46,
        migrateTypes: 5,
        knowsRadix: false,
        allocatesSectionTable: false,
        threadsHangAtSignal: false,
        threadInfo: .stack,
        tellsBuildID: false
    )

    static let linux310: StructureRules = {
        var rules = linux34
        rules.log = .records(name: "log")
        return rules
    }()

    static let linux44: StructureRules = {
        var rules = linux310
        rules.log = .records(name: "printk_log")
        // PG_tail is gone (4.4).
        rules.pageFlags.swapCache = 15
        rules.pageFlags.swapBacked = 18
        rules.threadsHangAtSignal = true
        return rules
    }()

    static let linux414: StructureRules = {
        var rules = linux44
        rules.pageCounter = "_refcount"
        rules.knowsRadix = true
        // PG_waiters (4.10); swap cache is a second meaning of a flag.
        rules.pageFlags.slab = 8
        rules.pageFlags.reserved = 11
        rules.pageFlags.privateData = 12
        rules.pageFlags.head = 15
        rules.pageFlags.swapCache = 9
        return rules
    }()

    static let linux419: StructureRules = {
        var rules = linux414
        rules.page = .listFirst
        // `page_type`: the bits of the types that it is not (4.18).
        rules.pageTypes = PageTypes(buddy: -129)
        rules.allocatesSectionTable = true
        return rules
    }()

    static let linux54: StructureRules = {
        var rules = linux419
        // PG_workingset (4.20).
        rules.pageFlags.slab = 9
        rules.pageFlags.reserved = 12
        rules.pageFlags.privateData = 13
        rules.pageFlags.head = 16
        rules.pageFlags.swapCache = 10
        rules.pageFlags.swapBacked = 19
        rules.pageTypes.offline = -257
        rules.findsProcessesByXArray = true
        rules.physicalBits = 51
        rules.threadInfo = .task
        return rules
    }()

    static let linux510: StructureRules = {
        var rules = linux54
        rules.log = .ringBuffer(RingBuffer(finalized: .nothing, clearSequenceIsLatched: false))
        rules.migrateTypes = 6
        rules.tellsBuildID = true
        return rules
    }()

    static let linux61: StructureRules = {
        var rules = linux510
        rules.log = .ringBuffer(RingBuffer(finalized: .descriptor, clearSequenceIsLatched: true))
        rules.namespaceBeginsWithCount = false
        rules.threadInfo = .taskWithCPU
        return rules
    }()

    static let linux612: StructureRules = {
        var rules = linux61
        rules.log = .ringBuffer(RingBuffer(finalized: .sequence, clearSequenceIsLatched: true))
        rules.pageFlags = PageFlags(
            referenced: 2,
            uptodate: 3,
            lru: 5,
            active: 8,
            slab: nil,
            reserved: 13,
            privateData: 14,
            head: 6,
            swapCache: 10,
            swapBacked: 17
        )
        // One type in the highest byte (6.12).
        rules.pageTypes = PageTypes(
            buddy: -268_435_456,
            slab: -184_549_376,
            hugetlb: -201_326_592,
            offline: -251_658_240
        )
        return rules
    }()
}
