extension Messages {
    /// The texts of Linux 3.4: no prefix, megabytes where later kernels print addresses.
    public static let linux34 = Messages(
        notSupported: Message(.info, "Firmware-assisted dump is not supported on this hardware"),
        dumpFound: nil,
        dumpActive: Message(.info, "Firmware-assisted dump is active."),
        memoryLimitAdjusted: { limit in
            let text = "Adjusted memory_limit for firmware-assisted dump, now "
            return Message(.info, text + KernelFormat.wideHex(limit))
        },
        areaReserved: { size, base, _ in
            reserved(size, base, "for firmware-assisted dump")
        },
        dumpReserved: { size, base in
            reserved(size, base, "for saving crash dump")
        },
        reservationFailed: Message(.error, "Failed to reserve memory"),
        bootMemory: nil,
        cmaInitialized: nil,
        parameterArea: nil,
        crashKernelReserved: { size, base, memory in
            let text = "Reserving \(megabytes(size))MB of memory at \(megabytes(base))MB for crashkernel"
            return Message(.info, text + " (System RAM: \(megabytes(memory))MB)")
        },
        registered: Message(.info, "firmware-assisted kernel dump registration is successful"),
        registrationHardwareError: { status in
            Message(.error, "\(failedToRegister) Hardware Error(\(status)).")
        },
        registrationParameterError: { status in
            Message(.error, "\(failedToRegister) Parameter Error(\(status)).")
        },
        alreadyRegistered: Message(.error, "firmware-assisted kernel dump is already  registered."),
        unknownRegistrationError: nil,
        firmwareTimedOut: nil,
        holesInBootMemory: nil,
        unregistrationFailed: { status in
            Message(
                .error,
                "Failed to un-register firmware-assisted dump. unexpected error(\(status))."
            )
        },
        invalidationFailed: { status in
            // "rgistration" is how 3.4 spells it.
            let text = "Failed to invalidate firmware-assisted dump rgistration. unexpected error"
            return Message(.error, text + "(\(status)).")
        },
        dumpNotValid: { _ in Message(.error, "Dump taken by platform is not valid") },
        dumpIncomplete: { _ in Message(.error, "Dump taken by platform is incomplete") },
        sections: nil,
        crashInfoNotValid: Message(.error, "Crash info header is not valid."),
        crashInfoVersions: nil,
        saveAreaUnreadable: Message(.error, "Unable to read register save area."),
        cpuStateUnreadable: Message(.error, "Unable to read CPU state data"),
        sysrq: { Message(.info, "SysRq : \($0)") },
        restarting: Message(.emergency, "Restarting system."),
        memoryFreed: nil
    )

    private static func megabytes(_ bytes: UInt64) -> String { KernelFormat.megabytes(bytes) }

    private static let failedToRegister = "Failed to register firmware-assisted kernel dump."

    private static func reserved(_ size: UInt64, _ base: UInt64, _ purpose: String) -> Message {
        Message(.info, "Reserved \(megabytes(size))MB of memory at \(megabytes(base))MB \(purpose)")
    }
}
