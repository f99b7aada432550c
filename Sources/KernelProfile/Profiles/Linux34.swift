extension KernelProfile {
    /// Linux 3.4, the first release with fadump: big-endian, area at the top of memory, one byte decides.
    ///
    /// Source: arch/powerpc/kernel/fadump.c and fs/proc/vmcore.c of 3.4, held against a recorded 3.4.113.
    public static let linux34 = KernelProfile(
        name: "linux-3.4",
        summary: "the first release with fadump (May 2012)",
        release: "3.4.113-fadump",
        evidence: .recorded("3.4.113", .big),
        endiannesses: [.big],
        maximumCPUs: 2048,
        image: ImageRules(
            end: 0x78_0000,
            firstFree: 0xcb_0000,
            vmcoreinfoNote: 0x76_53d8,
            vmcoreinfoPlace: .image,
            vmcoreinfoText: 4096,
            vmcoreinfoHeads: 0,
            dumpMemoryStructure: 0x72_0000,
            osTermBuffer: 0x72_1000,
            utsNamespace: 0x5e_4020,
            banner: 0x4d_0000,
            pageDirectory: 0x6f_0000,
            reservedBytes: 9280 << 10,
            usedBytes: 18944 << 10
        ),
        parameters: ParameterRules(
            sizeSuffixes: ["K", "M", "G"],
            findsMemInsideOtherParameters: true,
            earlyLimitAlignment: 16 << 20,
            passesOverCrashKernelSuffixes: false,
            refusesCrashKernelOfAllMemory: false,
            tellsOfEmptyCrashKernel: false,
            panicTimeout: 10
        ),
        bootMemory: BootMemoryRules(
            shareDivisor: 20,
            shareMultiple: 256 << 20,
            sharesTotal: false,
            minimum: .realModeArea(floor: 256 << 20, cap: 1 << 30, headroom: 64 << 20),
            takesCrashKernelSize: false,
            crashKernelCapDivisor: 1,
            enforcesMinimum: false,
            roundsToPages: false,
            cmaAlignment: 0,
            maximumRegions: nil,
            largestRegion: nil
        ),
        reservation: ReservationRules(
            placement: .top(mustFit: false),
            contents: .coreHeader,
            failure: .disables,
            raisesMemoryLimit: true,
            usesCMA: false,
            parameterArea: nil,
            metadataSize: 0,
            crashKernelStart: 2 << 30
        ),
        interface: InterfaceRules(
            presence: .whenEnabled,
            releaseFile: .goodDump,
            region: .ranges,
            hasDirectory: false,
            saysHotplugReady: false,
            kexecFiles: .plain,
            parser: .firstByte,
            unregisterTwice: .invalidArgument,
            registerTwice: .invalidArgument,
            reportsRegistrationFailure: false,
            registersAtBoot: false,
            firmwareTimeout: nil
        ),
        crashInfo: CrashInfoRules(
            format: .coreHeader,
            registerWords: 44,
            presetsPossibleCPUs: false
        ),
        core: CoreRules(
            layout: .packed,
            noteAlignment: 0,
            headerFlags: .zero,
            builder: .registration,
            repeatsLowMemory: true,
            joining: .never,
            crashTimeEndsLine: false
        ),
        capture: CaptureRules(
            holding: .whole,
            check: .wholeDump,
            freeing: .skippingAPageBetweenRanges
        ),
        crash: CrashRules(
            sysrqCrashIsOops: true,
            panicLeavesOnlyCrashingCPU: true,
            rebootUnregisters: false,
            oops: OopsRules(
                dataFault: "Unable to handle kernel paging request for data at address",
                build: .plain,
                process: .none,
                gap: " ",
                interrupts: .softe,
                softeInOops: 0,
                softeInPanic: 0,
                panicClearsEE: false,
                keepsCFAR: true
            )
        ),
        deviceTree: DeviceTreeRules(dumpNode: nil),
        files: FileRules(
            sysfsSync: .invalidArgument,
            sysfsExtendedAttribute: .invalidArgument,
            sysfsKeepsTrustedAttributes: false,
            sysfsCreate: .noSuchFileOrDirectory,
            sysfsNewName: .noSuchFileOrDirectory,
            procNewName: .noSuchFileOrDirectory,
            sysfsRepeatsTextBehindJump: false,
            deviceTreeIsInSysfs: false,
            debugfsRootMode: 0o755,
            countsCMA: false,
            vmcoreinfoHasPrefix: false
        ),
        structures: .linux34,
        messages: .linux34
    )
}
