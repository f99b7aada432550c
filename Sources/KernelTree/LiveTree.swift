import KernFS
import Machine

/// Keeps a file system in step with a machine: the tree of the running boot, and the growing logs.
public final class LiveTree: MachineObserver {
    private let machine: Machine
    private let fileSystem: FileSystem
    private let logs = MachineLogs()
    private let tree: MachineTree

    /// Puts up what is there without a kernel; boots are followed from here on. The machine keeps no hold of this.
    public init(_ machine: Machine, _ fileSystem: FileSystem) {
        self.machine = machine
        self.fileSystem = fileSystem
        tree = MachineTree(machine, logs)
        fileSystem.install(boot: 0, tree.nodesWithoutKernel)
        machine.observe(self)
    }

    /// Puts up the files of the boot.
    public func bootStarted(_ boot: UInt64) { fileSystem.install(boot: boot, tree.nodes(boot: boot)) }

    /// Takes the files of the boot down.
    public func bootEnded(_ boot: UInt64) {
        fileSystem.endBoot()
        fileSystem.forgetContents()
    }

    /// What was read of a dump is kept for nobody.
    public func dumpReleased() { fileSystem.forgetContents() }

    /// Adds a line to machine/events.
    public func eventHappened(_ event: Event) { logs.append(event) }

    /// Brings machine/dmesg up to date.
    public func kernelLogGrew() { logs.refreshKernelLog(from: machine) }
}
