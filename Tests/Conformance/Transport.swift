import KernelProfile
import Machine
import Testing

/// Where a conformance test runs: the same body against the tree in process, and through a real mount.
enum Transport: String, CaseIterable, CustomTestStringConvertible {
    case inProcess = "in process"
    case mounted

    var testDescription: String { rawValue }

    /// Those that this host has; a mount needs /dev/fuse and the built program.
    static let available: [Transport] = {
        if MountedTree.isPossible { return allCases }
        print("skipped: conformance through a mount: needs /dev/fuse and \(MountedTree.program)")
        return [.inProcess]
    }()

    /// A machine of the design document, or one with another kernel and command line.
    func machine(kernel: KernelProfile = .rfcV7, commandLine: String = "fadump=on") throws -> any TreeAccess {
        switch self {
        case .inProcess:
            var configuration = MachineConfiguration()
            configuration.kernel = kernel
            configuration.commandLine = commandLine
            return try InProcessTree(configuration)
        case .mounted:
            return try MountedTree(["--kernel", kernel.name, "--cmdline", commandLine])
        }
    }
}

/// The paths of a kernel of the design document's time.
enum Path {
    static let enabled = "sys/kernel/fadump_enabled"
    static let registered = "sys/kernel/fadump_registered"
    static let release = "sys/kernel/fadump_release_mem"
    static let region = "sys/kernel/debug/powerpc/fadump_region"
    static let vmcore = "proc/vmcore"
    static let sysrq = "proc/sysrq-trigger"
    static let memory = "machine/memory"
    static let control = "machine/control"
}
