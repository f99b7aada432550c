import ArgumentParser
import BootEnvironment
import Glibc
import MachineStore
import SystemPackage

/// How a boot is made, for the verbs that make one.
struct BootOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Another root file system (debootstrap, a container's); / is the host's own. Changes are thrown away.",
            valueName: "directory"
        ),
        completion: .directory
    )
    var root: String?

    @Option(
        help: ArgumentHelp(
            "Keep what is changed in the root: the directory then holds it.",
            valueName: "directory"
        ),
        completion: .directory
    )
    var keep: String?

    @Option(
        help: ArgumentHelp(
            "The emulator for a root of another architecture, statically linked. (default: qemu's for that root)",
            valueName: "program"
        )
    )
    var interpreter: String?

    @Option(
        help: ArgumentHelp(
            "What uname(2) says the machine is, for native programs; /proc/cpuinfo and file formats stay the host's.",
            valueName: "type"
        )
    )
    var machineType: String?

    @Flag(
        help:
            "Limit the memory of the boot's processes to what its kernel has (MemTotal): boot memory, in a capture boot."
    )
    var limitMemory = false

    func validate() throws {
        guard keep == nil || root != nil else { throw ValidationError("--keep needs --root") }
    }

    /// A boot of the machine that runs `command`.
    func plan(_ entry: RegistryEntry, _ command: [String]) throws -> BootPlan {
        var plan = BootPlan(machine: entry.mountPoint, command: command)
        plan.environment = [
            "FADUMPFS_MACHINE": entry.name,
            // Scripts of SysV init must not look for a service manager that is not there.
            "SYSTEMCTL_SKIP_REDIRECT": "1",
        ]
        plan.workingDirectory = Self.workingDirectory
        plan.machineType = machineType
        if let root {
            let changes = try keep.map { keep in
                mkdir(keep, 0o755)
                return try Self.resolve(keep)
            }
            let folder = try Self.resolve(root)
            let interpreter = try ForeignRoot.interpreter(
                for: folder == "/" ? "" : folder,
                named: interpreter
            )
            plan.root = RootFileSystem(folder: folder, changes: changes, interpreter: interpreter)
            // binfmt_misc of its own belongs to a user namespace of its own.
            if interpreter != nil { plan.users = .same }
        }
        if geteuid() != 0 { plan.users = .own(user: geteuid(), group: getegid()) }
        return plan
    }

    private static func resolve(_ path: String) throws -> String {
        guard let resolved = realpath(path, nil) else {
            throw Failure("cannot use \(path): \(Errno(rawValue: errno))")
        }
        defer { free(resolved) }
        var status = stat()
        guard stat(resolved, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw Failure("\(path) is no directory")
        }
        return String(cString: resolved)
    }

    private static var workingDirectory: String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(cString: path)
    }

    /// Limits the boot's memory where that is asked for, and says how in the plan.
    func limits(of machine: RunningMachine, forCapture: Bool = true, _ plan: inout BootPlan) throws
        -> BootMemory?
    {
        guard limitMemory, forCapture else { return nil }
        return try BootMemory(bytes: machine.memoryTotal(FilePath(machine.entry.mountPoint)), &plan)
    }

    /// Runs a boot to its end, and ends this command with its exit code.
    func run(_ entry: RegistryEntry, _ command: [String]) throws -> Never {
        var plan = try plan(entry, command)
        let limits = try limits(of: RunningMachine(entry: entry), &plan)
        defer { limits?.remove() }
        if let limits { Standard.error("fadumpfs: \(limits.description)") }
        let supervisor: Supervisor
        let end: BootEnd
        do {
            supervisor = try Supervisor(
                plan,
                tell: { progress in
                    if case .remark(let text) = progress { Standard.error("fadumpfs: \(text)") }
                }
            )
            end = try supervisor.run()
        } catch let failure as BootFailure {
            Standard.error("fadumpfs: \(failure)")
            throw ExitCode(BootExit.failure)
        }
        if let words = BootExit.words(end) { Standard.error("fadumpfs: \(words)") }
        throw ExitCode(BootExit.code(end))
    }
}

/// The exit codes of `exec` and `shell` that are not the command's.
enum BootExit {
    /// The boot could not be made. 126 and 127: the command cannot be run, there is no such command.
    static let failure: Int32 = 125
    /// The command rebooted the machine or switched it off.
    static let left: Int32 = 254
    /// The machine crashed, was reset or lost its power.
    static let machineEnded: Int32 = 255

    static func code(_ end: BootEnd) -> Int32 {
        switch end {
        case .exited(let code): code
        case .failed(_, let code): code
        case .left: left
        case .machineEnded: machineEnded
        }
    }

    static func words(_ end: BootEnd) -> String? {
        switch end {
        case .exited: nil
        case .failed(let text, _): text
        case .left(let how): "the boot ended itself: \(how)"
        case .machineEnded: "the machine's boot ended, and every process in it"
        }
    }
}
