import CLinux
import FuseTransport
import Glibc
import KernFS
import Logging
import Synchronization
import SystemPackage

/// The stage outside the boot's PID namespace: it makes the boot's first process, serves the boot's /proc, and goes with
/// that process.
struct BootServer {
    let plan: BootPlan

    init(_ plan: BootPlan) { self.plan = plan }

    func run() throws -> Never {
        guard getppid() == plan.supervisor else { throw BootFailure("whoever started this boot is gone") }
        try UserMaps(plan.users).enter()
        let device = FileDescriptor(
            rawValue: try check(open("/dev/fuse", O_RDWR | O_CLOEXEC), FuseDevice.explanation(plan.users))
        )
        try check(
            clinux_unshare_names(),
            "cannot make a UTS and an IPC namespace, which needs CAP_SYS_ADMIN (docker: --privileged)"
        )
        let (mine, theirs) = try Conversation.pair()
        let identity = Identity(machineType: plan.machineType)
        let filter = try SystemCallFilter.install(machineType: plan.machineType)
        let first = Mutex<pid_t>(0)
        let process = FirstProcessThread(device: device, conversation: theirs)
        try process.start { pid in first.withLock { $0 = pid } }
        guard mine.hears() else { while true { pause() } }
        // It spoke, so it is there; its number may be a moment late.
        while first.withLock({ $0 }) == 0 { usleep(100) }
        try serve(first.withLock { $0 }, mine, device, filter, identity)
        // The mount is gone, and the first process is about to follow.
        while true { pause() }
    }

    private func serve(
        _ first: pid_t,
        _ conversation: Conversation,
        _ device: FileDescriptor,
        _ filter: FileDescriptor,
        _ identity: Identity
    ) throws {
        let root = "/proc/\(first)/root" + (plan.root == nil ? "" : RootMounts.place)
        let processes = try Processes(mountedAt: root + "/proc")
        let machine = try MachineFiles(plan.machine)
        let boot = RunningBoot(first: first, machine: machine, processes: processes)
        let fileSystem = FileSystem()
        fileSystem.install(
            boot: 1,
            ProcFiles(machine: machine, boot: boot).nodes,
            passing: ProcNames(processes: processes, machine: machine)
        )
        let session = try FuseSession(
            fileSystem: fileSystem,
            device: device,
            processes: processes.path,
            logger: Logger(label: "fadumpfs.boot")
        )
        if let manager = ServiceManager(of: first, boot) { try Thread.start { manager.serve() } }
        let calls = HandedCalls(listener: filter, boot: boot, identity: identity)
        try Thread.start { calls.serve() }
        try conversation.say()
        guard conversation.hears() else { return }
        session.serve()
    }
}

/// The thread that makes the boot's first process and ends this process as that one ends.
///
/// Only children of this thread get into the new PID namespace: a thread whose children do cannot make threads. The
/// first process is killed when this thread ends, which it never does before.
struct FirstProcessThread {
    let device: FileDescriptor
    let conversation: Conversation

    /// Calls `tell` with the process's number before the process says its first word.
    func start(_ tell: @escaping @Sendable (pid_t) -> Void) throws(BootFailure) {
        let (device, conversation) = (device, conversation)
        try Thread.start {
            do throws(BootFailure) {
                try check(clinux_unshare_processes(), "cannot make a PID namespace")
                let pid = try Self.spawn(device, conversation)
                tell(pid)
                StageReport.first(pid).send()
                Self.end(with: pid)
            } catch {
                StageReport.failed(error.description).send()
                _exit(BootStage.failure)
            }
        }
    }

    private static func spawn(_ device: FileDescriptor, _ conversation: Conversation) throws(BootFailure)
        -> pid_t
    {
        defer { try? conversation.descriptor.close() }
        do throws(Errno) {
            return try StageProcess.spawn(
                "/proc/self/exe",
                BootStage.first.arguments,
                environment: StageProcess.environment(),
                descriptors: [
                    (StageDescriptor.plan, as: StageDescriptor.plan),
                    (StageDescriptor.report, as: StageDescriptor.report),
                    (device, as: StageDescriptor.device),
                    (conversation.descriptor, as: StageDescriptor.conversation),
                ],
                signals: StageProcess.allSignals
            )
        } catch {
            throw BootFailure("cannot start the boot's first process", error)
        }
    }

    private static func end(with first: pid_t) -> Never {
        var status: Int32 = 0
        while waitpid(first, &status, 0) < 0, errno == EINTR {}
        _exit(ExitCode.of(waitStatus: status))
    }
}

/// Why /dev/fuse cannot be opened.
enum FuseDevice {
    static func explanation(_ users: UserNamespace) -> String {
        "cannot open /dev/fuse, which a boot's /proc needs; run as root, or give this user access to the device (chmod "
            + "0666 /dev/fuse, as most distributions have it)"
    }
}

/// The code a shell would give.
enum ExitCode {
    static func of(waitStatus status: Int32) -> Int32 {
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }
}

/// A thread that runs to its end or that of the process.
enum Thread {
    private final class Body {
        let call: @Sendable () -> Void
        init(_ call: @escaping @Sendable () -> Void) { self.call = call }
    }

    static func start(_ body: @escaping @Sendable () -> Void) throws(BootFailure) {
        var thread = pthread_t()
        let failure = pthread_create(
            &thread,
            nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Body>.fromOpaque(context).takeRetainedValue().call()
                return nil
            },
            Unmanaged.passRetained(Body(body)).toOpaque()
        )
        guard failure == 0 else { throw BootFailure("cannot make a thread", Errno(rawValue: failure)) }
        pthread_detach(thread)
    }
}
