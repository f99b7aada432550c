import KernelProfile
import Machine
import SystemPackage

extension KernelObserver {
    /// What is written: values that kernels have read differently, or that scripts write by mistake.
    static let values = [
        "1", "1\n", "0", "0\n", "10", "01", "0x1", "0x0", "+1", "-0", " 1", "1 ", "1x", "1\0x", "2", "-1",
        "x", "\n", "",
    ]

    /// What each value does to the files that take one, in each state, and what a refusing firmware leads to.
    mutating func observeWrites() throws {
        let trial = try KernelTrial(kernel)
        for registered in [false, true] {
            for value in Self.values {
                trial.register(registered)
                let outcome = Self.register(value, trial)
                add(
                    .writes,
                    "\(Quoted.text(value)) to registered",
                    at: registered ? .registered : .unregistered,
                    outcome
                )
            }
        }
        try observeRelease()
        try observeRefusals()
    }

    private mutating func observeRelease() throws {
        var trial: KernelTrial?
        for value in Self.values {
            let waiting = try trial ?? Self.crashed(kernel)
            let answer = waiting.write(value, to: waiting.releaseFile)
            let outcome = Self.outcome(answer) { waiting.hasDump ? "no change" : "releases" }
            add(.writes, "\(Quoted.text(value)) to release_mem", at: .dump, outcome)
            trial = waiting.hasDump ? waiting : nil
        }
        let released = try Self.crashed(kernel)
        add(.writes, "\"1\" to registered", at: .dump, Self.register("1", released))
        released.release()
        for value in ["1", "0", "x"] {
            let answer = released.write(value, to: released.releaseFile)
            add(
                .writes,
                "\(Quoted.text(value)) to release_mem",
                at: .released,
                Self.outcome(answer) { "no change" }
            )
        }
        add(.writes, "\"1\" to registered", at: .released, Self.register("1", released))
    }

    /// PAPR's errors: hardware, parameters, already registered.
    private mutating func observeRefusals() throws {
        for status in ["-1", "-3", "-9"] {
            let trial = try KernelTrial(kernel, [.faults: "register=\(status)"])
            let subject = "\"1\" to registered, firmware answers \(status)"
            var outcome = ""
            let said = trial.messages { outcome = Self.register("1", trial) }
            add(.writes, subject, at: .unregistered, outcome)
            add(.messages, "firmware answers \(status) to register", said)
        }
        let trial = try KernelTrial(kernel, [.faults: "unregister=-1"])
        trial.register(true)
        var outcome = ""
        let said = trial.messages { outcome = Self.register("0", trial) }
        add(.writes, "\"0\" to registered, firmware answers -1", at: .registered, outcome)
        add(.messages, "firmware answers -1 to unregister", said)
    }

    static func crashed(_ kernel: KernelProfile) throws -> KernelTrial {
        let trial = try KernelTrial(kernel)
        trial.crash()
        return trial
    }

    private static func register(_ value: String, _ trial: KernelTrial) -> String {
        let before = trial.isRegistered
        let calls = trial.calls(to: "register")
        let answer = trial.write(value, to: trial.registeredFile)
        return outcome(answer) {
            switch (before, trial.isRegistered) {
            case (false, true): "registers"
            case (true, false): "unregisters"
            case (true, true) where trial.calls(to: "register") > calls: "registers again"
            default: "no change"
            }
        }
    }

    private static func outcome(_ answer: Result<Int, Errno>, _ taken: () -> String) -> String {
        switch answer {
        case .failure(let errno): errno.name
        case .success: taken()
        }
    }
}
