extension DumpTool {
    /// The programs that were tried.
    public static let all: [DumpTool] = [
        DumpTool(name: "readelf 2.40", endiannesses: [.big, .little], needs: []),
        DumpTool(name: "gdb-multiarch 13", endiannesses: [.big, .little], needs: []),
        DumpTool(
            name: "drgn 0.3.0",
            endiannesses: [.big, .little],
            needs: ["OSRELEASE", "PAGESIZE", "SYMBOL(swapper_pg_dir)"]
        ),
        DumpTool(
            name: "libkdumpfile 0.5.5",
            endiannesses: [.big, .little],
            needs: ["OSRELEASE", "PAGESIZE"]
        ),
        DumpTool(
            name: "vmcore-dmesg 2.0.25",
            endiannesses: [.big, .little],
            needs: [],
            needsOneOf: logs
        ),
        DumpTool(
            name: "makedumpfile 1.7 ppc64el --dump-dmesg",
            endiannesses: [.little],
            needs: memoryKeys,
            needsOneOf: logs
        ),
        DumpTool(
            name: "makedumpfile 1.7 ppc64el -d 31",
            endiannesses: [.little],
            needs: memoryKeys + pageKeys
        ),
        DumpTool(
            name: "crash 9.0.2 ppc64el --minimal",
            endiannesses: [.little],
            needs: ["OSRELEASE", "PAGESIZE"]
        ),
        DumpTool(
            name: "crash 9.0.2 ppc64el",
            endiannesses: [.little],
            needs: [],
            needsOther: "the vmlinux of a kernel that really ran"
        ),
    ]

    /// What makedumpfile wants to know of memory in any case.
    private static let memoryKeys = [
        "OSRELEASE", "PAGESIZE", "SYMBOL(init_uts_ns)", "SYMBOL(_stext)", "SYMBOL(mem_section)", "SIZE(page)",
        "OFFSET(page.flags)", "OFFSET(page.mapping)",
    ]

    /// What it wants besides to leave pages out.
    private static let pageKeys = ["OFFSET(page._mapcount)", "OFFSET(page.private)"]

    /// Where the kernel log lies: in a ring of descriptors since Linux 5.10, one behind the other before.
    private static let logs = [logKeys, ["SYMBOL(log_buf)", "SYMBOL(log_buf_len)"]]

    private static let logKeys =
        ["SYMBOL(prb)"]
        + ["printk_ringbuffer", "prb_desc", "printk_info", "prb_data_blk_lpos"].map { "SIZE(\($0))" }
        + [
            "printk_ringbuffer.desc_ring", "printk_ringbuffer.text_data_ring", "prb_desc_ring.count_bits",
            "prb_desc_ring.descs", "prb_desc_ring.infos", "prb_desc_ring.head_id", "prb_desc_ring.tail_id",
            "prb_desc.state_var", "prb_desc.text_blk_lpos", "prb_data_blk_lpos.begin",
            "prb_data_blk_lpos.next",
            "printk_info.ts_nsec", "printk_info.text_len", "prb_data_ring.size_bits", "prb_data_ring.data",
            "atomic_long_t.counter",
        ].map { "OFFSET(\($0))" }
}
