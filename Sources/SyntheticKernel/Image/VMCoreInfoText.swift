import CoreFile
import KernelProfile

/// The lines of VMCOREINFO: only what is really in this memory.
///
/// Source: `crash_save_vmcoreinfo_init` (Linux 3.4, kernel/kexec.c; 7.2, kernel/vmcore_info.c), in the order of the text
/// of a 7.2.13. Symbols are in hexadecimal without 0x.
struct VMCoreInfoText {
    private let layout: KernelLayout
    private var lines: [String] = []

    static func vmcoreinfo(_ layout: KernelLayout, radix: Bool) -> VMCoreInfo {
        var text = VMCoreInfoText(layout: layout)
        text.addKernel()
        text.addMemory()
        text.addLog()
        text.addNumbers()
        text.addNodes()
        text.addPaging(radix: radix)
        return VMCoreInfo(text: text.lines.joined(separator: "\n") + "\n")
    }

    private init(layout: KernelLayout) { self.layout = layout }

    private mutating func addKernel() {
        lines.append("OSRELEASE=\(layout.profile.release)")
        if layout.profile.structures.tellsBuildID { lines.append("BUILD-ID=\(layout.buildIDText)") }
        lines.append("PAGESIZE=\(layout.pageSize)")
        symbol("init_uts_ns")
        offset("uts_namespace", "name")
        symbol("node_online_map", layout.image.nodeOnlineMap)
        symbol("swapper_pg_dir")
        symbol("_stext")
    }

    private mutating func addMemory() {
        symbol("mem_section", layout.image.sectionRoots)
        length("mem_section", layout.sectionRoots)
        size("mem_section")
        offset("mem_section", "section_mem_map")
        number("SECTION_SIZE_BITS", Int64(layout.architecture.sectionBits))
        number("MAX_PHYSMEM_BITS", Int64(layout.physicalBits))
        for name in ["page", "pglist_data", "zone", "free_area", "list_head", "nodemask_t"] { size(name) }
        let counter = layout.profile.structures.pageCounter
        offsets("page", ["flags", counter, "mapping", "lru", "_mapcount", "private"])
        offsets(
            "pglist_data",
            ["node_zones", "nr_zones", "node_start_pfn", "node_spanned_pages", "node_id"]
        )
        offsets("zone", ["free_area", "vm_stat", "spanned_pages"])
        offset("free_area", "free_list")
        offsets("list_head", ["next", "prev"])
        length("zone.free_area", UInt64(layout.largestOrder + 1))
    }

    private mutating func addLog() {
        switch layout.profile.structures.log {
        case .bytes:
            for name in ["log_buf", "log_end", "log_buf_len", "logged_chars"] { symbol(name) }
        case .records(let record):
            for name in ["log_buf", "log_buf_len", "log_first_idx", "clear_idx", "log_next_idx"] {
                symbol(name)
            }
            size(record)
            offsets(record, ["ts_nsec", "len", "text_len", "dict_len"])
        case .ringBuffer(let rules): addRingBuffer(rules)
        }
    }

    private mutating func addRingBuffer(_ rules: StructureRules.RingBuffer) {
        for name in ["prb", "printk_rb_static", "clear_seq"] { symbol(name) }
        size("printk_ringbuffer")
        offsets("printk_ringbuffer", ["desc_ring", "text_data_ring", "fail"])
        size("prb_desc_ring")
        offsets("prb_desc_ring", ["count_bits", "descs", "infos", "head_id", "tail_id"])
        size("prb_desc")
        offsets("prb_desc", ["state_var", "text_blk_lpos"])
        size("prb_data_blk_lpos")
        offsets("prb_data_blk_lpos", ["begin", "next"])
        size("printk_info")
        offsets("printk_info", ["seq", "ts_nsec", "text_len", "caller_id", "dev_info"])
        size("dev_printk_info")
        offset("dev_printk_info", "subsystem")
        length("printk_info_subsystem", 16)
        offset("dev_printk_info", "device")
        length("printk_info_device", 48)
        size("prb_data_ring")
        offsets("prb_data_ring", ["size_bits", "data", "head_lpos", "tail_lpos"])
        size("atomic_long_t")
        offset("atomic_long_t", "counter")
        guard rules.clearSequenceIsLatched else { return }
        size("latched_seq")
        offset("latched_seq", "val")
    }

    private mutating func addNumbers() {
        let rules = layout.profile.structures
        length("free_area.free_list", UInt64(rules.migrateTypes))
        number("NR_FREE_PAGES", 0)
        let flags = rules.pageFlags
        number("PG_lru", Int64(flags.lru))
        number("PG_private", Int64(flags.privateData))
        number("PG_swapcache", Int64(flags.swapCache))
        number("PG_swapbacked", Int64(flags.swapBacked))
        if let slab = flags.slab { number("PG_slab", Int64(slab)) }
        number("PG_head_mask", 1 << Int64(flags.head))
        let types = rules.pageTypes
        number("PAGE_BUDDY_MAPCOUNT_VALUE", Int64(types.buddy))
        if let slab = types.slab { number("PAGE_SLAB_MAPCOUNT_VALUE", Int64(slab)) }
        if let hugetlb = types.hugetlb { number("PAGE_HUGETLB_MAPCOUNT_VALUE", Int64(hugetlb)) }
        if let offline = types.offline { number("PAGE_OFFLINE_MAPCOUNT_VALUE", Int64(offline)) }
    }

    private mutating func addNodes() {
        symbol("node_data")
        length("node_data", UInt64(KernelLayout.maximumNodes))
    }

    private mutating func addPaging(radix: Bool) {
        if radix { number("RADIX_MMU", 1) }
        let own = layout.architectureLines
        lines += own.isEmpty ? ["KERNELOFFSET=0"] : own
    }
}

// MARK: Lines

extension VMCoreInfoText {
    private mutating func symbol(_ name: String) {
        guard let symbol = layout.symbol(name) else { return }
        self.symbol(name, symbol.address)
    }

    private mutating func symbol(_ name: String, _ address: UInt64) {
        lines.append("SYMBOL(\(name))=\(String(layout.architecture.imageAddress(address), radix: 16))")
    }

    private mutating func size(_ structure: String) {
        guard let size = layout[structure]?.size else { return }
        lines.append("SIZE(\(structure))=\(size)")
    }

    private mutating func offset(_ structure: String, _ member: String) {
        guard let offset = layout.offset(structure, member) else { return }
        lines.append("OFFSET(\(structure).\(member))=\(offset)")
    }

    private mutating func offsets(_ structure: String, _ members: [String]) {
        for member in members { offset(structure, member) }
    }

    private mutating func length(_ array: String, _ count: UInt64) {
        lines.append("LENGTH(\(array))=\(count)")
    }

    private mutating func number(_ name: String, _ value: Int64) { lines.append("NUMBER(\(name))=\(value)") }
}
