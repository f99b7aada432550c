import KernelProfile

extension KernelLayout {
    mutating func addSymbols() {
        addTextSymbols()
        addDataSymbols()
        switch profile.structures.log {
        case .bytes: addTextLogSymbols()
        case .records(let name): addRecordLogSymbols(name)
        case .ringBuffer(let rules): addRingBufferSymbols(rules)
        }
    }

    /// Places that registers may show, and the borders of the text.
    private mutating func addTextSymbols() {
        let names = ["_text", "_stext"]
        for name in names { addSymbol(name, image.text, size: 0, kind: .text) }
        addSymbol("_etext", image.textEnd, size: 0, kind: .text)
        addSymbol("_end", image.end, size: 0)
    }

    private mutating func addDataSymbols() {
        addSymbol("linux_banner", image.banner, .array(.character, 160))
        addSymbol("init_uts_ns", image.utsNamespace, .structure("uts_namespace"))
        for name in architecture.pageDirectoryNames {
            addSymbol(name, image.pageDirectory, .array(.unsigned(8), pageDirectoryEntries))
        }
        addSymbol("init_task", image.initTask, .structure("task_struct"))
        addSymbol("init_thread_union", image.initThreadUnion, size: UInt64(Self.stackSize))
        if profile.structures.findsProcessesByXArray {
            addSymbol("init_pid_ns", image.processNamespace, .structure("pid_namespace"))
        }
        addSymbol("init_mm", image.initMM, .structure("mm_struct"))
        addSymbol("node_data", image.nodeData, .array(.pointer("pglist_data"), Self.maximumNodes))
        addSymbol("node_states", image.nodeStates, .array(.structure("nodemask_t"), 6))
        addSymbol("max_pfn", image.scalar(.maxPFN), .unsigned(8))
        let roots = KernelType.array(.pointer("mem_section"), Int(sectionRoots))
        if profile.structures.allocatesSectionTable {
            addSymbol("mem_section", image.scalar(.memSection), .pointer(nil))
        } else {
            addSymbol("mem_section", image.sectionRoots, roots)
        }
    }

    /// Source: kernel/printk.c (Linux 3.4).
    private mutating func addTextLogSymbols() {
        addSymbol("__log_buf", image.logText, .array(.character, 1 << Self.logShift))
        addSymbol("log_buf", image.scalar(.logBuffer), .pointer(nil))
        addSymbol("log_buf_len", image.scalar(.logBufferLength), .signed(4))
        addSymbol("log_start", image.scalar(.logStart), .unsigned(4))
        addSymbol("log_end", image.scalar(.logEnd), .unsigned(4))
        addSymbol("logged_chars", image.scalar(.loggedChars), .unsigned(4))
    }

    /// Source: kernel/printk.c (Linux 3.10, 4.4).
    private mutating func addRecordLogSymbols(_ record: String) {
        addSymbol("__log_buf", image.logText, .array(.character, 1 << Self.logShift))
        addSymbol("log_buf", image.scalar(.logBuffer), .pointer(nil))
        addSymbol("log_buf_len", image.scalar(.logBufferLength), .unsigned(4))
        addSymbol("log_first_idx", image.scalar(.logFirstIndex), .unsigned(4))
        addSymbol("log_next_idx", image.scalar(.logNextIndex), .unsigned(4))
        addSymbol("clear_idx", image.scalar(.clearIndex), .unsigned(4))
    }

    /// Source: kernel/printk/printk.c (Linux 5.10).
    private mutating func addRingBufferSymbols(_ rules: StructureRules.RingBuffer) {
        let count = 1 << (Self.logShift - Self.descriptorShift)
        addSymbol("prb", image.scalar(.prb), .pointer("printk_ringbuffer"))
        addSymbol("printk_rb_static", image.ringBuffer, .structure("printk_ringbuffer"))
        addSymbol("_printk_rb_static_descs", image.descriptors, .array(.structure("prb_desc"), count))
        addSymbol("_printk_rb_static_infos", image.infos, .array(.structure("printk_info"), count))
        addSymbol("__log_buf", image.logText, .array(.character, 1 << Self.logShift))
        let clear = rules.clearSequenceIsLatched ? KernelType.structure("latched_seq") : .unsigned(8)
        addSymbol("clear_seq", image.scalar(.clearSequence), clear)
    }

    private mutating func addSymbol(_ name: String, _ address: UInt64, _ type: KernelType) {
        let size = UInt64(size(of: type))
        add(KernelSymbol(name: name, address: address, size: size, kind: .data, type: type))
    }

    private mutating func addSymbol(
        _ name: String,
        _ address: UInt64,
        size: UInt64,
        kind: KernelSymbol.Kind = .data
    ) {
        add(KernelSymbol(name: name, address: address, size: size, kind: kind, type: nil))
    }

    /// The symbol of this name; nil where this kernel has none.
    public func symbol(_ name: String) -> KernelSymbol? { symbols.first { $0.name == name } }
}
