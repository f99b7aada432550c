import Glibc
import Machine
import MachineStore
import SystemPackage

/// One cycle of a machine with a boot memory size: boot, register, crash, capture.
struct Trial {
    /// How it went.
    struct Result: Encodable {
        /// The boot memory asked for with fadump_reserve_mem=.
        var bootMemory: UInt64
        /// MemTotal of the capture kernel, which the command got.
        var available: UInt64
        var works: Bool
        /// The command's exit code; absent where it was not run.
        var exitCode: Int32?
        /// The most memory it used, where that is known.
        var peak: UInt64?
        /// In words.
        var outcome: String
    }

    var machine: MachineConfiguration
    var capture: CaptureCommand
    /// A command for the first boot, such as one that fills memory.
    var prepare: String?
    /// Memory of the capture boot that others than the command need.
    var others: UInt64
    /// A folder of this trial's own.
    var folder: FilePath

    func run(bootMemory: UInt64) throws -> Result {
        let mountPoint = folder.appending("machine")
        var described = DescribedMachine(machine: machine)
        described.machine.commandLine = Self.commandLine(machine.commandLine, bootMemory: bootMemory)
        described.mount.mountPoint = mountPoint.string
        try BackgroundDaemon.launch(described, registry: .standard)
        guard let entry = MachineRegistry.standard.running(named: machine.name) else {
            throw Failure("the machine '\(machine.name)' ended at once")
        }
        let running = RunningMachine(entry: entry)
        defer { try? running.end() }
        return try cycle(running, bootMemory, mountPoint)
    }

    private func cycle(_ running: RunningMachine, _ bootMemory: UInt64, _ root: FilePath) throws -> Result {
        func fails(_ why: String) -> Result {
            Result(bootMemory: bootMemory, available: 0, works: false, exitCode: nil, peak: nil, outcome: why)
        }
        let environment = ["FADUMPFS_ROOT": root.string, "VMCORE": root.appending("proc/vmcore").string]
        guard try running.status().area?.bootMemorySize == bootMemory else {
            return fails("the kernel cannot reserve it")
        }
        if let prepare {
            let code = try CaptureCommand.shell(
                "exec sh -c \"$1\"",
                [prepare],
                ["FADUMPFS_ROOT": root.string],
                capture.log
            )
            guard code == 0 else {
                throw Failure("the command of --prepare ended with \(code); see \(capture.log)")
            }
        }
        if try running.status().fadump != .registered {
            try running.write("1", to: root.appending("sys/kernel/fadump_registered"))
        }
        try running.write("c", to: root.appending("proc/sysrq-trigger"))
        guard try running.status().vmcoreSize != nil else { return fails("no dump came of the crash") }
        let total = try running.memoryTotal(root)
        guard total > others else {
            return fails("all \(ByteSize.text(total)) of the capture boot is for others")
        }
        let outcome = try capture.run(memory: total - others, environment: environment)
        guard outcome.code != 126, outcome.code != 127 || outcome.ranOutOfMemory else {
            let said = String(decoding: (try? SmallFile.read(capture.log)) ?? [], as: UTF8.self)
            throw Failure("the capture command cannot be run: \(said)")
        }
        return Result(
            bootMemory: bootMemory,
            available: total - others,
            works: outcome.code == 0,
            exitCode: outcome.code,
            peak: outcome.peak,
            outcome: Self.words(outcome)
        )
    }

    private static func words(_ outcome: CaptureCommand.Outcome) -> String {
        switch (outcome.code, outcome.ranOutOfMemory) {
        case (0, _): "captured"
        case (_, true): "out of memory"
        default: "the command failed with \(outcome.code)"
        }
    }

    /// A command line that asks for this much boot memory, and for nothing else in its place.
    static func commandLine(_ text: String, bootMemory: UInt64) -> String {
        let others = text.split(separator: " ").filter { !$0.hasPrefix("fadump_reserve_mem=") }
        return (others + ["fadump_reserve_mem=\(ByteSize.text(bootMemory))"]).joined(separator: " ")
    }
}
