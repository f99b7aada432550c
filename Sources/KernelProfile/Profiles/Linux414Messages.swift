extension Messages {
    /// The texts of Linux 4.14 and 4.19: what goes through pr_info() has a prefix, what goes through printk() has none.
    public static let linux414: Messages = {
        var messages = Messages.linux34
        messages.dumpActive = Message(.info, "fadump: Firmware-assisted dump is active.")
        messages.areaReserved = { size, base, memory in
            let megabytes = KernelFormat.megabytes
            let text = "fadump: Reserved \(megabytes(size))MB of memory at \(megabytes(base))MB"
            return Message(.info, text + " for firmware-assisted dump (System RAM: \(megabytes(memory))MB)")
        }
        messages.dumpReserved = { size, base in
            let text = "fadump: Reserved \(KernelFormat.megabytes(size))MB of memory at "
            return Message(.info, text + "\(KernelFormat.wideHex(base)) for saving crash dump")
        }
        messages.reservationFailed = Message(.error, "fadump: Failed to reserve memory")
        messages.bootMemory = .linux414
        messages.alreadyRegistered = Message(.error, "firmware-assisted kernel dump is already registered.")
        messages.unknownRegistrationError = { status in
            Message(.error, "Failed to register firmware-assisted kernel dump. Unknown Error(\(status)).")
        }
        messages.holesInBootMemory = Message(
            .error,
            "fadump: Can't have holes in boot memory area while registering fadump"
        )
        return messages
    }()
}

extension BootMemoryMessages {
    static let linux414 = BootMemoryMessages(
        deprecated: Message(
            .warning,
            "fadump: 'fadump_reserve_mem=' parameter is deprecated in favor of 'crashkernel=' parameter."
        ),
        crashKernelWins: Message(.info, "fadump: Using 'crashkernel=' parameter for memory reservation."),
        capped: { size in
            Message(.info, "fadump: Adjusted boot memory size to \(KernelFormat.megabytes(size))MB")
        },
        tooSmall: nil,
        tooManyHoles: nil
    )
}
