/// The numbers of the tasks in the first namespace: an array of one node that leads from a number to its `struct pid`, and
/// from there to the task.
///
/// Source: `alloc_pid`, `attach_pid` (Linux 5.4, kernel/pid.c); the node's address carries 2 in its lowest bits
/// (include/linux/xarray.h).
struct ProcessNumbers {
    private let layout: KernelLayout

    /// Nil where this kernel finds processes otherwise.
    init?(_ layout: KernelLayout) {
        guard layout.profile.structures.findsProcessesByXArray else { return nil }
        self.layout = layout
    }

    private func virtual(_ physical: UInt64) -> UInt64 { layout.architecture.imageAddress(physical) }

    /// Where the `struct pid` of a number is.
    private func place(of number: UInt64) -> UInt64 { layout.image.processNumbers + 0x100 * number }

    private func offset(_ structure: String, _ member: String) -> UInt64 {
        UInt64(layout.offset(structure, member) ?? 0)
    }

    /// A task is found as a thread and as a process: under the first two of the types of numbers.
    private static let types = 0..<2

    /// What a task has of its number; the idle task has none.
    func number(_ task: inout StructureBytes, _ number: UInt64) {
        guard number > 0 else { return }
        let own = virtual(place(of: number))
        task.set("thread_pid", own)
        for type in Self.types {
            let link = offset("task_struct", "pid_links") + UInt64(16 * type)
            task.put(own + offset("pid", "tasks") + UInt64(8 * type), at: Int(link) + 8)
        }
    }

    /// `tasks` are numbers and physical addresses.
    func patches(_ tasks: [(number: UInt64, address: UInt64)]) -> [MemoryPatch] {
        let tasks = tasks.filter { $0.number > 0 && $0.number < UInt64(KernelLayout.slotsOfNode) }
        let image = layout.image
        var space = StructureBytes("pid_namespace", layout)
        space.set("idr.idr_rt.xa_head", virtual(image.processNode) | 2)
        space.set("idr.idr_next", (tasks.map(\.number).max() ?? 0) + 1)
        space.set("pid_allocated", UInt64(tasks.count))
        var node = StructureBytes("xa_node", layout)
        node.set("count", UInt64(tasks.count))
        node.set("array", virtual(image.processNamespace) + offset("pid_namespace", "idr"))
        var patches: [MemoryPatch] = []
        for task in tasks {
            let slot = offset("xa_node", "slots") + 8 * task.number
            node.put(virtual(place(of: task.number)), at: Int(slot))
            patches.append(MemoryPatch(address: place(of: task.number), bytes: bytes(of: task)))
        }
        return patches + [
            MemoryPatch(address: image.processNamespace, bytes: space.bytes),
            MemoryPatch(address: image.processNode, bytes: node.bytes),
        ]
    }

    private func bytes(of task: (number: UInt64, address: UInt64)) -> [UInt8] {
        var bytes = StructureBytes("pid", layout)
        bytes.set("count.counter", 1)
        for type in Self.types {
            let link = virtual(task.address) + offset("task_struct", "pid_links") + UInt64(16 * type)
            bytes.put(link, at: Int(offset("pid", "tasks")) + 8 * type)
        }
        let own = Int(offset("pid", "numbers"))
        bytes.put(task.number, at: own + Int(offset("upid", "nr")), width: 4)
        bytes.put(virtual(layout.image.processNamespace), at: own + Int(offset("upid", "ns")))
        return bytes.bytes
    }
}
