import BinaryCodec
import KernelProfile

/// The tasks of a small system: the idle task, init and a few threads of the kernel, on one list.
///
/// Source: `init_task`, `copy_process` (Linux 3.4 to 7.2): who is on which list.
struct TaskList {
    private struct Task {
        var address: UInt64
        var signal: UInt64
        var stack: UInt64
        var pid: UInt64
        var name: String
        /// The index of its parent.
        var parent: Int
        var isKernel = true
    }

    private let layout: KernelLayout
    private var tasks: [Task] = []
    private static let names = [("swapper/0", 0), ("init", 0), ("kthreadd", 0), ("ksoftirqd/0", 2)]
    private static let room: UInt64 = 0x8000

    init(_ layout: KernelLayout) {
        self.layout = layout
        for (pid, (name, parent)) in Self.names.enumerated() {
            let base = layout.image.tasks + Self.room * UInt64(pid)
            let first = pid == 0
            tasks.append(
                Task(
                    address: first ? layout.image.initTask : base,
                    signal: first ? layout.image.initTask + 0x2000 : base + 0x2000,
                    stack: first ? layout.image.initThreadUnion : base + 0x4000,
                    pid: UInt64(pid),
                    name: name,
                    parent: parent,
                    isKernel: pid != 1
                )
            )
        }
    }

    private func virtual(_ physical: UInt64) -> UInt64 { layout.architecture.imageAddress(physical) }

    private func member(_ structure: String, _ name: String) -> UInt64 {
        UInt64(layout.offset(structure, name) ?? 0)
    }

    /// A link of a list: the address of `name` in a task.
    private func link(_ index: Int, _ name: String) -> UInt64 {
        virtual(tasks[index].address) + member("task_struct", name)
    }

    /// What is written.
    func patches() -> [MemoryPatch] {
        var mm = StructureBytes("mm_struct", layout)
        mm.set("pgd", virtual(layout.image.pageDirectory))
        mm.set("mm_users.counter", 2)
        mm.set("mm_count.counter", 1)
        var patches = [MemoryPatch(address: layout.image.initMM, bytes: mm.bytes)]
        for (index, task) in tasks.enumerated() {
            patches.append(MemoryPatch(address: task.address, bytes: bytes(of: task, index)))
            patches.append(MemoryPatch(address: task.signal, bytes: signal(of: task, index)))
            if case .stack = layout.profile.structures.threadInfo {
                var info = StructureBytes("thread_info", layout)
                info.set("task", virtual(task.address))
                patches.append(MemoryPatch(address: task.stack, bytes: info.bytes))
            }
        }
        let numbers = tasks.map { (number: $0.pid, address: $0.address) }
        return patches + (ProcessNumbers(layout)?.patches(numbers) ?? [])
    }

    private func bytes(of task: Task, _ index: Int) -> [UInt8] {
        var bytes = StructureBytes("task_struct", layout)
        let own = virtual(task.address)
        // TASK_INTERRUPTIBLE for all but the idle task, which runs.
        for state in ["state", "__state"] { bytes.set(state, index == 0 ? 0 : 1) }
        bytes.set("stack", virtual(task.stack))
        bytes.set("usage.counter", 2)
        bytes.set("flags", task.isKernel ? 0x20_0000 : 0x40_0000)
        bytes.set("on_cpu", index == 0 ? 1 : 0)
        bytes.set("pid", task.pid)
        bytes.set("tgid", task.pid)
        for name in ["real_parent", "parent"] { bytes.set(name, virtual(tasks[task.parent].address)) }
        bytes.set("group_leader", own)
        ProcessNumbers(layout)?.number(&bytes, task.pid)
        bytes.set("comm", task.name.utf8.prefix(KernelLayout.commandLength - 1))
        bytes.set("signal", virtual(task.signal))
        bytes.set("active_mm", virtual(layout.image.initMM))
        bytes.set("thread.ksp", virtual(task.stack) + UInt64(KernelLayout.stackSize) - 0x100)
        let last = tasks.count - 1
        set(&bytes, "tasks", next: (index == last ? 0 : index + 1), previous: (index == 0 ? last : index - 1))
        set(&bytes, "thread_group", next: index, previous: index)
        let head = virtual(task.signal) + member("signal_struct", "thread_head")
        setLinks(&bytes, "thread_node", next: head, previous: head)
        setFamily(&bytes, index)
        return bytes.bytes
    }

    /// Children hang at their parent, siblings at one another.
    private func setFamily(_ bytes: inout StructureBytes, _ index: Int) {
        let children = tasks.indices.filter { $0 != 0 && tasks[$0].parent == index }
        let own = link(index, "children")
        setLinks(
            &bytes,
            "children",
            next: children.first.map { link($0, "sibling") } ?? own,
            previous: children.last.map { link($0, "sibling") } ?? own
        )
        guard index != 0 else { return set(&bytes, "sibling", next: 0, previous: 0) }
        let parent = tasks[index].parent
        let siblings = tasks.indices.filter { $0 != 0 && tasks[$0].parent == parent }
        let place = siblings.firstIndex(of: index) ?? 0
        let head = link(parent, "children")
        setLinks(
            &bytes,
            "sibling",
            next: place + 1 < siblings.count ? link(siblings[place + 1], "sibling") : head,
            previous: place > 0 ? link(siblings[place - 1], "sibling") : head
        )
    }

    private func signal(of task: Task, _ index: Int) -> [UInt8] {
        var bytes = StructureBytes("signal_struct", layout)
        bytes.set("live.counter", 1)
        bytes.set("nr_threads", 1)
        let node = link(index, "thread_node")
        setLinks(&bytes, "thread_head", next: node, previous: node)
        return bytes.bytes
    }

    private func set(_ bytes: inout StructureBytes, _ name: String, next: Int, previous: Int) {
        setLinks(&bytes, name, next: link(next, name), previous: link(previous, name))
    }

    private func setLinks(_ bytes: inout StructureBytes, _ name: String, next: UInt64, previous: UInt64) {
        bytes.set("\(name).next", next)
        bytes.set("\(name).prev", previous)
    }
}
