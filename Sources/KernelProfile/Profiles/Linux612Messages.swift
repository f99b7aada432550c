extension Messages {
    /// The texts of Linux 6.12: those of 5.4, and of additional parameters for the capture kernel.
    public static let linux612: Messages = {
        var messages = Messages.linux54
        messages.parameterArea = ParameterAreaMessages(
            noRoom: Message(
                .warning,
                "fadump: WARNING: Could not setup area to pass additional parameters!"
            ),
            tooLong: Message(.error, "fadump: Appending parameters exceeds cmdline size!"),
            commandLineUpdated: { Message(.info, "fadump: Updated cmdline: \($0)") }
        )
        messages.firmwareTimedOut = { call in
            Message(.error, "rtas fadump: Timed out waiting for firmware to complete fadump \(call)")
        }
        return messages
    }()

    /// The texts of Linux 7.2.
    public static let linux72: Messages = {
        var messages = Messages.linux612
        messages.cmaInitialized = { area, _, bootMemory in
            let range = "[\(KernelFormat.hex(area)), \(KernelFormat.megabytes(bootMemory))MB]"
            let text = "fadump: Initialized \(range) cma area from \(range) bytes of memory reserved"
            return Message(.info, text + " for firmware-assisted dump")
        }
        messages.crashKernelReserved = { size, base, _ in
            let digits = { (address: UInt64) in "0x" + KernelFormat.digits(address, width: 16) }
            let range = "\(digits(base)) - \(digits(base &+ size))"
            return Message(.info, "crashkernel reserved: \(range) (\(KernelFormat.megabytes(size)) MB)")
        }
        return messages
    }()
}
