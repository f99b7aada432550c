import FuseTransport
import KernFS
import KernelTree
import Logging
import Machine
import MachineStore
import SystemPackage

/// A machine with its files mounted: the composition of machine, tree and transport.
///
/// The daemon never touches its own mount; everything it knows of the machine it asks the machine.
public final class MachineDaemon: Sendable {
    private let machine: Machine
    private let fileSystem: FileSystem
    private let session: FuseSession
    private let claim: MachineRegistry.Claim
    private let tree: LiveTree

    /// Builds the machine, takes its name, mounts its files and switches its power on. What is mounted can be
    /// read when this returns.
    ///
    /// `origins` says where the options of the mount come from, for whoever finds the machine.
    /// Errors: `DaemonFailure` with a text that says what was wrong and what to do.
    public init(
        _ configuration: MachineConfiguration,
        mountPoint: FilePath,
        options: MountOptions,
        origins: [String: String],
        registry: MachineRegistry,
        logger: Logger
    ) throws(DaemonFailure) {
        do {
            try configuration.validate()
            let entry = RegistryEntry(
                name: configuration.name,
                pid: ProcessID.current,
                mountPoint: mountPoint.string,
                origins: origins
            )
            claim = try registry.claim(entry)
            machine = try Machine(configuration)
            fileSystem = FileSystem()
            session = try FuseSession(
                fileSystem: fileSystem,
                mountPoint: mountPoint.string,
                options: options,
                logger: logger
            )
        } catch {
            throw DaemonFailure(error)
        }
        tree = LiveTree(machine, fileSystem)
        do {
            try session.mount()
            try Self.settlePassthrough(machine, session)
        } catch {
            session.abandon()
            throw DaemonFailure(error)
        }
        // Requests wait until somebody runs the session; by then there is a tree.
        machine.start()
        logger.info("mounted", metadata: ["machine": "\(configuration.name)", "at": "\(mountPoint)"])
    }

    /// Tells the machine whether its dump can be read without asking. Errors: where that was asked for, and cannot be had.
    private static func settlePassthrough(_ machine: Machine, _ session: FuseSession) throws(MountFailure) {
        guard case .unavailable(let reason) = session.passthrough else {
            return machine.served(refusingPassthrough: nil)
        }
        guard machine.configuration.vmcore != .passthrough else { throw .passthroughRefused(reason) }
        machine.served(refusingPassthrough: reason)
    }

    /// Serves until SIGTERM, SIGINT or SIGHUP; returns when everything is unmounted. Call it from the main
    /// thread.
    public func run() {
        ServiceNotification.ready("machine \(machine.configuration.name) is up")
        session.run()
        ServiceNotification.stopping()
    }
}
