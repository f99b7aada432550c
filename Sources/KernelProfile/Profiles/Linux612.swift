extension KernelProfile {
    /// Linux 6.12: the capture kernel builds the ELF core header, so that hot-plugged memory is in the dump.
    ///
    /// Source: recorded from 6.12.107, little-endian.
    public static let linux612: KernelProfile = {
        var profile = KernelProfile.linux61
        profile.name = "linux-6.12"
        profile.summary = "the capture kernel builds the core header; bootargs_append (November 2024)"
        profile.release = "6.12.107-fadump"
        profile.evidence = .recorded("6.12.107", .little)
        // `rtas_fadump_init_mem_struct`: up to seven ranges of boot memory.
        profile.bootMemory.maximumRegions = 7
        profile.reservation.contents = .alignedCopy
        profile.reservation.raisesMemoryLimit = false
        profile.parameters.refusesCrashKernelOfAllMemory = true
        profile.parameters.tellsOfEmptyCrashKernel = true
        // `fadump_setup_param_area`.
        profile.reservation.parameterArea = ParameterAreaRules(
            bytes: 2048,
            leastRealModeArea: 768 << 20,
            hashWindow: .fixed(start: 0x2a00_0000, end: 0x2e00_0000)
        )
        profile.interface.saysHotplugReady = true
        // `rtas_fadump_call`: a busy firmware is asked for a minute.
        profile.interface.firmwareTimeout = 60_000
        profile.messages = .linux612

        // fs/proc/vmcore.c, merge_note_headers_elf64: the notes say that they are aligned to 4.
        profile.core.noteAlignment = 4
        // fadump_populate_elfcorehdr: the capture kernel lists the memory, each range by itself (6.10).
        profile.core.builder = .captureKernel
        profile.core.joining = .never
        profile.crashInfo.format = .versioned(1)
        // rtas_fadump_process: each section is looked at, and has to be whole.
        profile.capture.check = .eachSection
        profile.image.vmcoreinfoPlace = .low(0x270_0000)
        profile.crash.oops.process = .userAndPID
        profile.structures = .linux612
        return profile
    }()
}
