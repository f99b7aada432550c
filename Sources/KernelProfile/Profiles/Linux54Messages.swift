extension Messages {
    /// The texts since Linux 5.4: `fadump: ` is the common part, `rtas fadump: ` that of the platform.
    public static let linux54: Messages = {
        var messages = Messages.linux419
        messages.notSupported = Message(
            .info,
            "fadump: Firmware-Assisted Dump is not supported on this hardware"
        )
        messages.dumpFound = Message(.info, "rtas fadump: Firmware-assisted dump is active.")
        messages.areaReserved = { size, base, memory in
            let text = "fadump: Reserved \(KernelFormat.megabytes(size))MB of memory at "
            let system = " (System RAM: \(KernelFormat.megabytes(memory))MB)"
            return Message(.info, text + KernelFormat.wideHex(base) + system)
        }
        messages.dumpReserved = { size, base in
            let text = "fadump: Reserving \(KernelFormat.megabytes(size))MB of memory at "
            return Message(.info, text + "\(KernelFormat.wideHex(base)) for preserving crash data")
        }
        messages.reservationFailed = Message(.error, "fadump: Failed to find memory chunk for reservation!")
        messages.bootMemory?.tooSmall = { size, least in
            let text = "fadump: Can't enable fadump with boot memory size (\(KernelFormat.hex(size)))"
            return Message(.error, text + " less than \(KernelFormat.hex(least))")
        }
        messages.bootMemory?.tooManyHoles = Message(
            .error,
            "fadump: Too many holes in boot memory area to enable fadump"
        )
        messages.cmaInitialized = { area, areaSize, bootMemory in
            let cma = "\(KernelFormat.hex(bootMemory)) bytes cma area at \(KernelFormat.megabytes(area))MB"
            let from = "from \(KernelFormat.hex(areaSize)) bytes of memory reserved"
            return Message(.info, "fadump: Initialized \(cma) \(from) for firmware-assisted dump")
        }
        messages.sysrq = { Message(.info, "sysrq: \($0)") }
        messages.answersOfFirmware()
        messages.waitingDumps()
        return messages
    }()

    private mutating func answersOfFirmware() {
        registered = Message(.info, "rtas fadump: Registration is successful!")
        registrationHardwareError = { status in
            Message(.error, "rtas fadump: Failed to register. Hardware Error(\(status)).")
        }
        registrationParameterError = { status in
            Message(.error, "rtas fadump: Failed to register. Parameter Error(\(status)).")
        }
        alreadyRegistered = Message(.error, "rtas fadump: Already registered!")
        unknownRegistrationError = { status in
            Message(.error, "rtas fadump: Failed to register. Unknown Error(\(status)).")
        }
        unregistrationFailed = { status in
            Message(.error, "rtas fadump: Failed to un-register - unexpected error(\(status)).")
        }
        invalidationFailed = { status in
            Message(.error, "rtas fadump: Failed to invalidate - unexpected error (\(status)).")
        }
        holesInBootMemory = Message(.error, "rtas fadump: Can't have holes in boot memory area.")
    }

    /// Source: `rtas_fadump_process`, `rtas_fadump_build_cpu_notes` (Linux 5.4, rtas-fadump.c).
    private mutating func waitingDumps() {
        dumpNotValid = { _ in Message(.error, "rtas fadump: Dump taken by platform is not valid") }
        dumpIncomplete = { _ in Message(.error, "rtas fadump: Dump taken by platform is incomplete") }
        crashInfoNotValid = Message(.error, "rtas fadump: Crash info header is not valid.")
        saveAreaUnreadable = Message(.error, "rtas fadump: Unable to read register save area.")
        cpuStateUnreadable = Message(.error, "rtas fadump: Unable to read CPU state data")
    }
}
