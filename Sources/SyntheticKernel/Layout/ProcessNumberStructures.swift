extension KernelLayout {
    /// PIDTYPE_MAX: what a number may stand for - a thread, a process, a process group, a session.
    static let processNumberTypes = 4
    /// XA_CHUNK_SIZE.
    static let slotsOfNode = 64

    /// The numbers of processes, by which debuggers list tasks.
    ///
    /// Source: include/linux/pid.h, pid_namespace.h, idr.h, xarray.h, types.h (Linux 5.4 to 7.2).
    mutating func addProcessNumberStructures() {
        guard profile.structures.findsProcessesByXArray else { return }
        let types = ["PID", "TGID", "PGID", "SID", "MAX"].enumerated()
        add(EnumerationLayout(name: "pid_type", values: types.map { ("PIDTYPE_\($1)", Int64($0)) }))
        add("hlist_node", [("next", .pointer("hlist_node")), ("pprev", .pointer(nil))])
        add("hlist_head", [("first", .pointer("hlist_node"))])
        add("xarray", [("xa_lock", .unsigned(4)), ("xa_flags", .unsigned(4)), ("xa_head", .pointer(nil))])
        add(
            "xa_node",
            size: 576,
            [
                ("shift", .unsigned(1)), ("offset", .unsigned(1)), ("count", .unsigned(1)),
                ("nr_values", .unsigned(1)), ("parent", .pointer("xa_node")), ("array", .pointer("xarray")),
                ("private_list", .structure("list_head")),
                ("slots", .array(.pointer(nil), Self.slotsOfNode)),
            ]
        )
        add(
            "idr",
            [("idr_rt", .structure("xarray")), ("idr_base", .unsigned(4)), ("idr_next", .unsigned(4))]
        )
        add(
            "pid_namespace",
            size: 256,
            [("idr", .structure("idr")), ("pid_allocated", .unsigned(4)), ("level", .unsigned(4))]
        )
        add("upid", [("nr", .signed(4)), ("ns", .pointer("pid_namespace"))])
        add(
            "pid",
            [
                ("count", .structure("atomic_t")), ("level", .unsigned(4)),
                ("tasks", .array(.structure("hlist_head"), Self.processNumberTypes)),
                ("numbers", .array(.structure("upid"), 1)),
            ]
        )
    }

    /// What `struct task_struct` has of its number.
    var processNumberMembers: [(String, KernelType)] {
        guard profile.structures.findsProcessesByXArray else { return [] }
        let links = KernelType.array(.structure("hlist_node"), Self.processNumberTypes)
        return [("thread_pid", .pointer("pid")), ("pid_links", links)]
    }
}
