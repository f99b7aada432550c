import KernelProfile

extension KernelLayout {
    /// TASK_COMM_LEN.
    static let commandLength = 16
    /// THREAD_SIZE: the stack of a task.
    static let stackSize = 16384

    /// Tasks: what a list of them needs.
    ///
    /// Source: include/linux/sched.h, sched/signal.h, mm_types.h, arch/powerpc/include/asm/processor.h (Linux 3.4 to
    /// 7.2). Real ones have hundreds of members more.
    mutating func addTaskStructures() {
        let rules = profile.structures
        let list = KernelType.structure("list_head")
        let count = KernelType.structure("atomic_t")
        add("mm_struct", size: 1024, [("pgd", .pointer(nil)), ("mm_users", count), ("mm_count", count)])
        add(
            "signal_struct",
            size: 1024,
            [("live", count), ("nr_threads", .signed(4)), ("thread_head", list)]
        )
        add("thread_struct", size: 1024, [("ksp", .unsigned(8)), ("", .opaque(8)), ("regs", .pointer(nil))])
        let cpu: [(String, KernelType)] = [("cpu", .signed(4))]
        switch rules.threadInfo {
        case .stack:
            add("thread_info", size: 64, [("task", .pointer("task_struct"))] + cpu)
        case .task:
            add("thread_info", size: 16, [("preempt_count", .signed(4)), ("flags", .unsigned(8))])
        case .taskWithCPU:
            add("thread_info", size: 24, [("preempt_count", .signed(4))] + cpu + [("flags", .unsigned(8))])
        }
        let info: [(String, KernelType)] =
            rules.threadInfo == .stack ? [] : [("thread_info", .structure("thread_info"))]
        let state: (String, KernelType) =
            rules.threadInfo == .taskWithCPU ? ("__state", .unsigned(4)) : ("state", .signed(8))
        let task = KernelType.pointer("task_struct")
        let group: [(String, KernelType)] = rules.threadsHangAtSignal ? [("thread_node", list)] : []
        add(
            "task_struct",
            size: 4096,
            info + [state, ("stack", .pointer(nil)), ("usage", count), ("flags", .unsigned(4))]
                + [("on_cpu", .signed(4))] + (rules.threadInfo == .task ? cpu : [])
                + [("tasks", list), ("mm", .pointer("mm_struct")), ("active_mm", .pointer("mm_struct"))]
                + [("exit_state", .signed(4)), ("pid", .signed(4)), ("tgid", .signed(4))]
                + [("real_parent", task), ("parent", task), ("children", list), ("sibling", list)]
                + [("group_leader", task), ("thread_group", list)] + group + processNumberMembers
                + [("comm", .array(.character, Self.commandLength))]
                + [("signal", .pointer("signal_struct")), ("thread", .structure("thread_struct"))]
        )
    }
}
