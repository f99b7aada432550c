import Glibc
import KernFS
import SystemPackage

/// What else is in a boot's /proc: `self`, the processes and all other files of the boot's own proc file system, as links
/// to where that is mounted.
struct ProcNames: PassingNames {
    let processes: Processes
    let machine: MachineFiles

    /// What the machine decides about, even where it has no such file: the host's must not show through.
    private static let machines: Set<String> = [
        "vmcore", "device-tree", "sysrq-trigger", "kmsg", ProcFiles.real, ProcFiles.messages, "self",
        "thread-self",
    ]

    func list() -> [String] {
        let others = processes.names().filter { !Self.machines.contains($0) && !machine.exists("proc/" + $0) }
        return ["self", "thread-self"] + others
    }

    func node(named name: String) -> Node? {
        let processes = processes
        switch name {
        case ProcFiles.real: return .directory(name, mode: 0o555, ProcFiles.conventions, [])
        case ProcFiles.messages: return KernelMessages.node(name, machine)
        case "self":
            return .link(name) { (caller) throws(Errno) in
                guard let process = processes.process(of: caller.pid) else { throw .noSuchFileOrDirectory }
                return "\(process)"
            }
        case "thread-self":
            return .link(name) { (caller) throws(Errno) in
                guard let process = processes.process(of: caller.pid) else { throw .noSuchFileOrDirectory }
                return "\(process)/task/\(caller.pid)"
            }
        default:
            guard !Self.machines.contains(name), processes.exists(name) else { return nil }
            return .link(name, to: ProcFiles.real + "/" + name)
        }
    }
}
