extension Messages {
    /// The texts of Linux 4.14: what goes through pr_info() has a prefix, what goes through printk() has none.
    public static let linux414: Messages = {
        var messages = Messages.linux44
        messages.areaReserved = { size, base, memory in
            let megabytes = KernelFormat.megabytes
            let text = "fadump: Reserved \(megabytes(size))MB of memory at \(megabytes(base))MB"
            return Message(.info, text + " for firmware-assisted dump (System RAM: \(megabytes(memory))MB)")
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
        messages.invalidationFailed = { status in
            let text = "fadump: Failed to invalidate firmware-assisted dump registration."
            return Message(.error, "\(text) Unexpected error (\(status)).")
        }
        messages.memoryFreed = { start, end in
            let hex = KernelFormat.hex
            return Message(.info, "fadump: freeing reserved memory (\(hex(start)) - \(hex(end)))")
        }
        return messages
    }()

    /// The texts of Linux 4.19: the capture kernel says which ranges of memory it holds. Recorded from 4.19.48.
    public static let linux419: Messages = {
        var messages = Messages.linux414
        messages.dumpActive = Message(.info, "fadump: Firmware-assisted dump is active.")
        messages.dumpReserved = { size, base in
            let text = "fadump: Reserved \(KernelFormat.megabytes(size))MB of memory at "
            return Message(.info, text + "\(KernelFormat.wideHex(base)) for saving crash dump")
        }
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
