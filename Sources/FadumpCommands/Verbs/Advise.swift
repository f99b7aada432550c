import ArgumentParser
import Glibc
import Machine
import Presentation
import ProcessLimits
import SystemPackage

struct Advise: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "advise",
        abstract:
            "Find out how much boot memory a capture needs: the smallest fadump_reserve_mem= that works.",
        discussion: """
            Repeats the cycle with ever other sizes of boot memory: the machine boots, registers and crashes, and the \
            capture command runs with as much memory as the capture kernel has (its MemTotal). It finds the dump at \
            $VMCORE, and the machine's files below $FADUMPFS_ROOT; it works where it ends with 0. The command runs in \
            a memory cgroup, or where none can be had with limited data segments, which is said.

              fadumpfs advise --memory 8G --capture 'makedumpfile -d 31 -l $VMCORE /var/crash/dump'
              fadumpfs advise --capture 'cp --sparse=always $VMCORE /tmp/dump' --others 48M --step 32M

            The rest of a capture boot needs memory too: --others says how much (initramfs, systemd, drivers).
            """
    )

    @Option(
        help: ArgumentHelp("The command that saves the dump, for sh -c.", valueName: "command"),
        completion: .shellCommand("compgen -c")
    )
    var capture: String

    @Option(
        help: ArgumentHelp(
            "A command for the first boot, before the crash; say, one that fills memory.",
            valueName: "command"
        )
    )
    var prepare: String?

    @Option(
        help: ArgumentHelp("Memory that others than the command need in the capture boot.", valueName: "size")
    )
    var others = "0"

    @Option(help: ArgumentHelp("How exactly to look.", valueName: "size"))
    var step = "16M"

    @OptionGroup(title: "Machine")
    var machine: MachineOptions

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func validate() throws {
        guard let step = ByteSize.parse(step), step >= 1 << 20, step.isMultiple(of: 1 << 20) else {
            throw ValidationError("--step \(step): a multiple of 1M")
        }
        guard ByteSize.parse(others) != nil else {
            throw ValidationError("--others \(others): a size such as 48M")
        }
    }

    func run() throws {
        let folder = try TemporaryFolder(["machine"])
        defer { folder.remove() }
        var described = try machine.describe().machine
        if described.origin(of: .name) == .builtIn {
            try described.set(.name, to: "advise-\(getpid())", from: .option("name"))
        }
        let limit = MemoryLimit.best
        if case .dataSegment = limit { Standard.error("fadumpfs: \(limit.description)") }
        let log = folder.path.appending("capture.log")
        let trial = Trial(
            machine: described,
            capture: CaptureCommand(command: capture, limit: limit, log: log),
            prepare: prepare,
            others: ByteSize.parse(others) ?? 0,
            folder: folder.path
        )
        Interruption.note()
        let trials = try search(trial, described, log)
        let smallest = trials.filter(\.works).map(\.bootMemory).min()
        output.show(
            AdviceReport(
                capture: capture,
                limit: limit.description,
                trials: trials,
                bootMemory: smallest,
                parameter: smallest.map { "fadump_reserve_mem=\(ByteSize.text($0))" }
            )
        )
        guard smallest != nil else {
            Standard.error(String(decoding: (try? SmallFile.read(log)) ?? [], as: UTF8.self))
            throw ExitCode.failure
        }
    }

    private func search(_ trial: Trial, _ machine: MachineConfiguration, _ log: FilePath) throws -> [Trial
        .Result]
    {
        var trials: [Trial.Result] = []
        // Half of memory is the most: the area holds a copy of boot memory.
        let bisection = Bisection(step: ByteSize.parse(step) ?? 16 << 20, limit: machine.memory.total / 2)
        _ = try bisection.smallest(from: 256 << 20) { size in
            if let signal = Interruption.signalNumber { throw ExitCode(128 + signal) }
            let result = try trial.run(bootMemory: size)
            trials.append(result)
            tell(result)
            return result.works
        }
        return trials
    }

    private func tell(_ result: Trial.Result) {
        guard !output.quiet, Terminal(descriptor: 2).isInteractive || output.verbose else { return }
        let peak = result.peak.map { ", peak \(ProgressLine.amount($0))" } ?? ""
        Standard.error("boot memory \(ByteSize.text(result.bootMemory)): \(result.outcome)\(peak)")
    }
}
