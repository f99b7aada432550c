import KernelProfile

extension KernelLayout {
    /// Bytes of `struct page`: a power of two, as distributions build it (with memory control groups, before 3.19 with
    /// debug flags).
    public static let pageStructureSize = 64
    /// SECTION_SIZE_BITS.
    public var sectionBits: Int { architecture.sectionBits }

    /// The page array's elements, and the sections that it is cut into.
    ///
    /// Source: include/linux/mm_types.h, mmzone.h (Linux 3.4, 4.19, 7.2).
    mutating func addPageStructures() {
        let rules = profile.structures
        let count = KernelType.structure("atomic_t")
        let start: [(String, KernelType)] = [("flags", .unsigned(8))]
        let list: [(String, KernelType)] = [("lru", .structure("list_head"))]
        let mapping: [(String, KernelType)] = [("mapping", .pointer(nil)), ("index", .unsigned(8))]
        let counters: [(String, KernelType)] = [("_mapcount", count), (rules.pageCounter, count)]
        let data: [(String, KernelType)] = [("private", .unsigned(8))]
        switch rules.page {
        case .mappingFirst:
            add("page", size: Self.pageStructureSize, start + mapping + counters + list + data)
        case .listFirst:
            add("page", size: Self.pageStructureSize, start + list + mapping + data + counters)
        }
        let usage = rules.physicalBits > 46 ? "usage" : "pageblock_flags"
        add("mem_section", [("section_mem_map", .unsigned(8)), (usage, .pointer(nil))])
    }

    /// Pages of a section.
    public var sectionPages: UInt64 { (1 << UInt64(sectionBits)) / pageSize }

    /// MAX_PHYSMEM_BITS of this build.
    public var physicalBits: Int {
        let rules = profile.structures
        if let bits = architecture.physicalBits { return bits }
        return pageSize == 65536 ? rules.physicalBits : rules.physicalBitsOfSmallPages
    }

    /// `struct mem_section` that a page of the table holds, and pointers to such pages.
    public var sectionsPerRoot: UInt64 { pageSize / 16 }
    public var sectionRoots: UInt64 { (1 << UInt64(physicalBits - sectionBits)) / sectionsPerRoot }
}
