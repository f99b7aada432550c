import FadumpKernel
import KernFS
import KernelProfile
import Machine
import SystemPackage

/// The files of one machine: what its kernel shows in sysfs, debugfs and procfs, and the machine's own control
/// directory.
///
/// The tree of a boot is one declaration; it is made anew for every boot, and what a file answers follows from
/// the boot it was declared for.
public struct MachineTree: Sendable {
    let machine: Machine
    let control: Node

    public init(_ machine: Machine, _ logs: MachineLogs) {
        self.machine = machine
        control = ControlDirectory(machine: machine, logs: logs).node
    }

    /// Everything below the mount point while `boot` runs.
    public func nodes(boot: UInt64) -> [Node] {
        let files = BootFiles(machine: machine, boot: boot)
        return [control, files.sys, files.proc]
    }

    /// What is there while no kernel runs.
    public var nodesWithoutKernel: [Node] { [control] }
}

/// The files of one boot.
struct BootFiles: Sendable {
    let machine: Machine
    let boot: UInt64
    // Made once: a tree has some files for every range of memory.
    let profile: KernelProfile
    let pageSize: UInt64
    let conventions: FileConventions

    init(machine: Machine, boot: UInt64) {
        self.machine = machine
        self.boot = boot
        profile = machine.configuration.effectiveKernel
        pageSize = machine.configuration.pageSize
        conventions = FileConventions(profile: profile, pageSize: pageSize)
    }

    /// A small file that shows, and perhaps takes, a value of the kernel.
    func attribute(
        _ name: String,
        _ attribute: Attribute,
        mode: UInt16,
        _ conventions: Conventions
    ) -> Node {
        let machine = machine
        let boot = boot
        var show: (@Sendable () throws(Errno) -> [UInt8])?
        if mode & 0o444 != 0 {
            show = { () throws(Errno) in Array(try machine.show(attribute, boot: boot).utf8) }
        }
        var store: (@Sendable (StoreRequest) -> Void)?
        if mode & 0o222 != 0 {
            store = { request in
                machine.store(attribute, request.bytes, boot: boot, StoreAnswer(request.completion))
            }
        }
        return .attribute(
            name,
            mode: mode,
            conventions,
            show: show,
            store: store,
            presence: presence(of: attribute)
        )
    }

    /// When a file of the kernel is there.
    func presence(of attribute: Attribute) -> Node.Presence {
        let machine = machine
        let boot = boot
        return attribute.isSettledAtBoot
            ? .settled(machine.exists(attribute, boot: boot))
            : .asked { machine.exists(attribute, boot: boot) }
    }
}

/// Hands the machine's answer to the file system's request.
struct StoreAnswer: PendingAnswer {
    let completion: Completion<Int>

    init(_ completion: Completion<Int>) { self.completion = completion }

    func finish(_ result: Result<Int, Errno>) {
        completion.finish(result)
    }
}
