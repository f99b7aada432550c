import ArgumentParser
import FadumpKernel

struct Crash: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crash",
        abstract: "Crash a machine; returns when the next boot can be read.",
        discussion: """
            Without a kind this is what 'echo c > /proc/sysrq-trigger' does.

              fadumpfs crash
              fadumpfs crash --kind panic --cpu 1 out of coffee
            """
    )

    @OptionGroup
    var selection: MachineSelection

    @OptionGroup(title: "Output")
    var output: OutputOptions

    @Option(help: "How: sysrq, panic, oops, system-reset or hmc (the console makes firmware dump).")
    var kind = CrashKind.sysrq

    @Option(help: "The CPU that crashes; by default the first that is online.")
    var cpu: UInt32?

    @Argument(help: "What the kernel says the reason is.")
    var reason: [String] = []

    func run() throws {
        var words = ["crash", kind.rawValue]
        if let cpu { words.append("cpu=\(cpu)") }
        let machine = try selection.machine()
        try machine.control((words + reason).joined(separator: " "), output)
        output.confirm(try machine.outcome())
    }
}

extension CrashKind: ExpressibleByArgument {}
