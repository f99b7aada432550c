import Glibc
import KernFS
import SystemPackage

/// What else is in a boot's /proc: `self`, the processes and all other files of the boot's own proc file system, as links
/// to where that is mounted.
struct ProcNames: PassingNames {
    let processes: Processes
    let machine: MachineFiles
    let written = KernelMessages.Written()

    /// What the machine decides about, even where it has no such file: the host's must not show through.
    private static let machines: Set<String> = [
        "vmcore", "device-tree", "sysrq-trigger", "kmsg", ProcFiles.real, ProcFiles.messages, "self",
        "thread-self",
    ]

    /// Processes stand behind all other names, by their number.
    func list() -> [PassingName] {
        var names = ["self", "thread-self"].enumerated().map {
            PassingName(name: $0.element, order: $0.offset)
        }
        for name in processes.names() where !Self.machines.contains(name) {
            if let process = Int(name) {
                names.append(PassingName(name: name, order: Self.firstProcess + process))
            } else if !machine.exists("proc/" + name) {
                names.append(PassingName(name: name, order: min(names.count, Self.firstProcess)))
            }
        }
        return names.sorted { $0.order < $1.order }
    }

    private static let firstProcess = 4096

    func node(named name: String) -> Node? {
        let processes = processes
        switch name {
        case ProcFiles.real: return .directory(name, mode: 0o555, ProcFiles.conventions, [])
        case ProcFiles.messages: return KernelMessages.node(name, machine, written)
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
