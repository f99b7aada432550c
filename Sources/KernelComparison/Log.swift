import Machine

extension KernelObserver {
    /// What the kernel says at each step in the life of a dump.
    mutating func observeMessages() throws {
        add(.messages, "boot with fadump=off", try KernelTrial(kernel, [.commandLine: "fadump=off"]).log)
        add(.messages, "boot", try KernelTrial(kernel).log)
        let small = [MachineSetting.commandLine: "fadump=on crashkernel=256M"]
        add(.messages, "boot with crashkernel=256M", try KernelTrial(kernel, small).log)
        let trial = try KernelTrial(kernel)
        trial.register(false)
        add(.messages, "register", trial.messages { trial.register(true) })
        add(.messages, "unregister", trial.messages { trial.register(false) })
        trial.crash()
        add(.messages, "boot of the capture kernel", trial.log)
        add(.messages, "release", trial.messages { trial.release() })
    }
}
