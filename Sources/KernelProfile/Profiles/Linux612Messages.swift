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
        messages.waitingDumps()
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

    /// A bad dump is told by its section, a bad crash info header by what is wrong with it.
    ///
    /// Source: `rtas_fadump_process`, `is_fadump_header_compatible` (Linux 6.10); the incomplete dump is recorded from
    /// 7.2.13.
    private mutating func waitingDumps() {
        dumpNotValid = { Message(.error, "rtas fadump: Dump taken by platform is not valid (\($0))") }
        dumpIncomplete = { Message(.error, "rtas fadump: Dump taken by platform is incomplete (\($0))") }
        sections = SectionMessages(
            bad: { Self.section("Region type", $0, $1, $2) },
            unknown: { Self.section("Unknown region found: type", $0, $1, $2) },
            parametersLost: Message(
                .warning,
                "rtas fadump: Failed to process additional parameters! Proceeding anyway.."
            )
        )
        crashInfoNotValid = Message(.error, "fadump: Fadump header is corrupted.")
        crashInfoVersions = CrashInfoMessages(
            old: Message(.error, "fadump: Old magic number, can't process the dump."),
            otherEndianness: Message(
                .error,
                "fadump: Endianness mismatch between the crashed and fadump kernels."
            ),
            otherSizes: Message(.error, "fadump: Fadump header size mismatch.")
        )
    }

    private static func section(
        _ what: String,
        _ type: UInt16,
        _ source: UInt64,
        _ destination: UInt64
    ) -> Message {
        let hex = KernelFormat.hex
        let place = "src addr: \(hex(source)) dest addr: \(hex(destination))"
        return Message(.warning, "rtas fadump: \(what): \(type) \(place)")
    }
}
