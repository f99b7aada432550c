import KernelProfile

extension KernelLayout {
    /// CONFIG_LOG_BUF_SHIFT: the log has 2^17 bytes of text.
    static let logShift = 17
    /// LOG_NEWLINE: a message is a whole line.
    static let newline: UInt64 = 2
    /// The ring has a descriptor for every 2^5 bytes.
    static let descriptorShift = 5

    /// What the kernel keeps its messages in.
    mutating func addLogStructures() {
        switch profile.structures.log {
        case .bytes: return
        case .records(let name): addLogRecord(name)
        case .ringBuffer(let rules): addRingBuffer(rules)
        }
        let flags: [(name: String, value: Int64)] = [("LOG_NEWLINE", Int64(Self.newline)), ("LOG_CONT", 8)]
        add(EnumerationLayout(name: "log_flags", values: flags))
    }

    /// Source: `struct log` (Linux 3.10), `struct printk_log` (4.4), kernel/printk.
    private mutating func addLogRecord(_ name: String) {
        add(
            name,
            [
                ("ts_nsec", .unsigned(8)), ("len", .unsigned(2)), ("text_len", .unsigned(2)),
                ("dict_len", .unsigned(2)), ("facility", .unsigned(1)), ("", .opaque(1)),
            ]
        )
        addLevel(to: name, at: 15)
        addFlags("log_flags")
    }

    /// Five bits of flags and three of the level share a byte.
    private mutating func addLevel(to structure: String, at offset: Int) {
        for (name, width, before) in [("flags", 5, 0), ("level", 3, 5)] {
            let bits = BitField(width: width, before: before)
            overlay(structure, MemberLayout(name: name, offset: offset, type: .unsigned(1), bits: bits))
        }
    }

    /// Source: kernel/printk/printk_ringbuffer.h, include/linux/dev_printk.h (Linux 5.10, 6.1); sizes and offsets of
    /// 7.2.13 are recorded.
    private mutating func addRingBuffer(_ rules: StructureRules.RingBuffer) {
        let long = KernelType.structure("atomic_long_t")
        add("dev_printk_info", [("subsystem", .array(.character, 16)), ("device", .array(.character, 48))])
        add(
            "printk_info",
            [
                ("seq", .unsigned(8)), ("ts_nsec", .unsigned(8)), ("text_len", .unsigned(2)),
                ("facility", .unsigned(1)), ("", .opaque(1)), ("caller_id", .unsigned(4)),
                ("dev_info", .structure("dev_printk_info")),
            ]
        )
        addLevel(to: "printk_info", at: 19)
        add("prb_data_blk_lpos", [("begin", .unsigned(8)), ("next", .unsigned(8))])
        add("prb_desc", [("state_var", long), ("text_blk_lpos", .structure("prb_data_blk_lpos"))])
        add(
            "prb_data_ring",
            [("size_bits", .unsigned(4)), ("data", .pointer(nil)), ("head_lpos", long), ("tail_lpos", long)]
        )
        let finalized: [(String, KernelType)] =
            switch rules.finalized {
            case .nothing: []
            case .descriptor: [("last_finalized_id", long)]
            case .sequence: [("last_finalized_seq", long)]
            }
        add(
            "prb_desc_ring",
            [
                ("count_bits", .unsigned(4)), ("descs", .pointer("prb_desc")),
                ("infos", .pointer("printk_info")),
                ("head_id", long), ("tail_id", long),
            ] + finalized
        )
        add(
            "printk_ringbuffer",
            [
                ("desc_ring", .structure("prb_desc_ring")), ("text_data_ring", .structure("prb_data_ring")),
                ("fail", long),
            ]
        )
        if rules.clearSequenceIsLatched {
            add("seqcount_latch_t", isTypeDefinition: true, [("seqcount", .unsigned(4))])
            add(
                "latched_seq",
                [("latch", .structure("seqcount_latch_t")), ("val", .array(.unsigned(8), 2))]
            )
        }
        let states: [(name: String, value: Int64)] = [
            ("desc_miss", -1), ("desc_reserved", 0), ("desc_committed", 1), ("desc_finalized", 2),
            ("desc_reusable", 3),
        ]
        add(EnumerationLayout(name: "desc_state", values: states))
        addFlags("printk_info_flags")
    }

    /// What a record's flags mean: debuggers put continued lines together by them.
    ///
    /// Source: `enum log_flags` (Linux 3.10, kernel/printk), `enum printk_info_flags` (7.2.13, debug information).
    private mutating func addFlags(_ name: String) {
        add(EnumerationLayout(name: name, values: [("LOG_NEWLINE", 2), ("LOG_CONT", 8)]))
    }
}
