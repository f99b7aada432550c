import FadumpKernel
import Machine
import MachineStore
import SystemPackage

@testable import FadumpCommands

/// Machines in the states that a report can meet, run in this process.
struct SampleMachine {
    let machine: Machine
    let entry = RegistryEntry(
        name: "sample",
        pid: 4711,
        mountPoint: "/mnt/sample",
        origins: ["log-level": "default"]
    )

    init(_ settings: [(MachineSetting, String)] = []) throws {
        var configuration = MachineConfiguration()
        configuration.name = "sample"
        for (setting, text) in settings {
            try configuration.set(setting, to: text, from: .option(setting.rawValue))
        }
        machine = try Machine(configuration)
        machine.start()
    }

    var status: StatusReport { machine.status }

    func register() {
        machine.store(.fadumpRegistered, Array("1\n".utf8), boot: status.boot, NoAnswer())
    }

    func control(_ command: String) { machine.control(command, count: command.utf8.count, NoAnswer()) }

    /// Every state that differs in what a report says.
    static func all() throws -> [(String, SampleMachine)] {
        let fresh = try SampleMachine()
        let registered = try SampleMachine([(.cpus, "3"), (.memoryMap, "0-1G,2G-3G")])
        registered.register()
        let dumped = try SampleMachine([(.memory, "4G")])
        dumped.register()
        dumped.control("crash panic out of coffee")
        let disabled = try SampleMachine([(.commandLine, "fadump=off crashkernel=256M")])
        let off = try SampleMachine([(.firmware, "none")])
        off.control("nonsense")
        off.control("power-off")
        let bare = try SampleMachine([(.platform, "powernv"), (.kernel, "linux-7.2")])
        bare.control("crash")
        return [
            ("bare", bare), ("fresh", fresh), ("registered", registered), ("dumped", dumped),
            ("disabled", disabled),
            ("off", off),
        ]
    }
}

private struct NoAnswer: PendingAnswer {
    func finish(_ result: Result<Int, Errno>) {}
}
