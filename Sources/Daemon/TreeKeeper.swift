import KernFS
import KernelTree
import Logging
import Machine

/// Keeps the mounted tree and the growing logs in step with the machine.
final class TreeKeeper: MachineObserver {
    private let machine: Machine
    private let fileSystem: FileSystem
    private let logs = MachineLogs()
    private let tree: MachineTree
    private let logger: Logger

    init(_ machine: Machine, _ fileSystem: FileSystem, _ logger: Logger) {
        self.machine = machine
        self.fileSystem = fileSystem
        self.logger = logger
        tree = MachineTree(machine, logs)
        fileSystem.install(boot: 0, tree.nodesWithoutKernel)
    }

    func bootStarted(_ boot: UInt64) {
        fileSystem.install(boot: boot, tree.nodes(boot: boot))
    }

    func bootEnded(_ boot: UInt64) { fileSystem.endBoot() }

    func eventHappened(_ event: Event) {
        logs.append(event)
        logger.debug("\(event.event)", metadata: ["boot": "\(event.boot)", "details": "\(event.details)"])
    }

    func kernelLogGrew() { logs.refreshKernelLog(from: machine) }
}
