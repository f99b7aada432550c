extension KernelLayout {
    /// Nodes that a kernel knows at most: CONFIG_NODES_SHIFT is 8.
    static let maximumNodes = 256

    /// What everything else is made of.
    ///
    /// Source: include/linux/types.h, nodemask.h, utsname.h (Linux 3.4 to 7.2).
    mutating func addBasicStructures() {
        add("list_head", [("next", .pointer("list_head")), ("prev", .pointer("list_head"))])
        add("atomic_t", isTypeDefinition: true, [("counter", .signed(4))])
        add("atomic_long_t", isTypeDefinition: true, [("counter", .signed(8))])
        add("nodemask_t", isTypeDefinition: true, [("bits", .array(.unsigned(8), Self.maximumNodes / 64))])
        add("kref", [("refcount", .structure("atomic_t"))])
        let name = KernelType.array(.character, 65)
        let fields = ["sysname", "nodename", "release", "version", "machine", "domainname"]
        add("new_utsname", fields.map { ($0, name) })
        let count: [(String, KernelType)] =
            profile.structures.namespaceBeginsWithCount ? [("kref", .structure("kref"))] : []
        add("uts_namespace", size: 424, count + [("name", .structure("new_utsname"))])
    }
}
