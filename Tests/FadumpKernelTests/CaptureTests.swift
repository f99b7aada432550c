import CoreFile
import FadumpKernel
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage
import Testing

/// The capture kernel of every era, with the words that were recorded from it.
@Suite("The capture kernel")
struct CaptureTests {
    private func captured(
        _ profile: KernelProfile,
        _ commandLine: String = "fadump=on crashkernel=512M",
        memory: MemoryMap = MemoryMap(size: 2 << 30),
        rma: UInt64 = 1 << 30,
        faults: String = "",
        maximumCPUs: Int = 2,
        dialect: FirmwareDialect = .qemu,
        kind: CrashKind = .sysrq
    ) throws -> Bench {
        var bench = try Bench(
            profile,
            memory: memory,
            commandLine: commandLine,
            faults: faults,
            rma: rma,
            maximumCPUs: maximumCPUs,
            dialect: dialect
        )
        if bench.show(.fadumpRegistered) == "0\n" { _ = bench.write(.fadumpRegistered, "1") }
        try bench.crash(kind)
        return bench
    }

    private static let words: [(KernelProfile, [String])] = [
        (
            .linux414,
            ["Firmware-assisted dump is active.", "Reserved 1536MB of memory at 512MB for saving crash dump"]
        ),
        (
            .linux419,
            [
                "fadump: Firmware-assisted dump is active.",
                "fadump: Reserved 1536MB of memory at 0x00000020000000 for saving crash dump",
            ]
        ),
        (.linux54, since54), (.linux510, since54), (.linux61, since54),
    ]

    private static let since54 = [
        "rtas fadump: Firmware-assisted dump is active.", "fadump: Firmware-assisted dump is active.",
        "fadump: Reserving 1536MB of memory at 0x00000020000000 for preserving crash data",
    ]

    @Test("says that a dump is active and what it holds", arguments: words)
    func active(profile: KernelProfile, words: [String]) throws {
        #expect(try captured(profile).log.starts(with: words))
    }

    @Test(
        "says on release what it gives back: all but the area, from the page that the area ends in",
        arguments: [
            (KernelProfile.linux414, ["fadump: freeing reserved memory (0x40010000 - 0x80000000)"]),
            (.linux419, ["fadump: freeing reserved memory (0x40010000 - 0x80000000)"]),
            (.linux54, ["fadump: freeing reserved memory (0x40010000 - 0x80000000)"]),
            (.linux510, ["fadump: freeing reserved memory (0x40010000 - 0x80000000)"]),
            (.linux61, ["fadump: freeing reserved memory (0x40020000 - 0x80000000)"]),
            (.linux612, ["fadump: freeing reserved memory (0x40010000 - 0x80000000)"]),
            (.linux72, ["fadump: freeing reserved memory (0x40010000 - 0x80000000)"]),
        ]
    )
    func release(profile: KernelProfile, freed: [String]) throws {
        var bench = try captured(profile)
        let before = bench.log.count
        #expect(bench.write(.fadumpReleaseMemory, "1") == .success(1))
        #expect(Array(bench.log.dropFirst(before)) == freed)
        #expect(bench.show(.fadumpRegistered) == "0\n")
        #expect(bench.write(.fadumpReleaseMemory, "1") == .failure(.notPermitted))
        #expect(bench.write(.fadumpRegistered, "1") == .success(1))
        try bench.crash()
        #expect(bench.kernel.vmcore != nil)
    }

    @Test("3.4 and 4.4 say nothing on release", arguments: [KernelProfile.linux34, .linux310, .linux44])
    func silentRelease(profile: KernelProfile) throws {
        var bench = try captured(profile, "fadump=on", rma: 256 << 20)
        let before = bench.log.count
        #expect(bench.write(.fadumpReleaseMemory, "1") == .success(1))
        #expect(bench.log.count == before)
    }

    @Test("7.2 refuses a dump whose registers take less than there was room for; the release file stays")
    func incomplete() throws {
        var bench = try captured(.linux72, maximumCPUs: 8)
        #expect(
            bench.log.suffix(3) == [
                "rtas fadump: Dump taken by platform is incomplete (0)",
                "rtas fadump: Region type: 1 src addr: 0x0 dest addr: 0x20000000",
                "fadump: freeing reserved memory (0x40010000 - 0x80000000)",
            ]
        )
        #expect(bench.kernel.vmcore == nil)
        #expect(bench.kernel.exists(.fadumpReleaseMemory))
        #expect(bench.write(.fadumpReleaseMemory, "1") == .failure(.notPermitted))
        #expect(bench.show(.fadumpEnabled) == "1\n")
        #expect(bench.show(.fadumpRegistered) == "0\n")
        #expect(bench.write(.fadumpRegistered, "1") == .success(1))
    }

    @Test(
        "up to 6.1 such a dump is good enough",
        arguments: [KernelProfile.linux414, .linux419, .linux54, .linux61]
    )
    func room(profile: KernelProfile) throws {
        #expect(try captured(profile, maximumCPUs: 8).kernel.vmcore != nil)
    }

    @Test(
        "refuses what firmware says is bad, in the words of its time",
        arguments: [
            (KernelProfile.linux414, "cpu-section=0x4000", "Dump taken by platform is not valid"),
            (.linux419, "dump-section=short:1", "Dump taken by platform is incomplete"),
            (.linux54, "dump=error", "rtas fadump: Dump taken by platform is not valid"),
            (.linux510, "cpu-section=empty", "rtas fadump: Dump taken by platform is incomplete"),
            (.linux61, "cpu-section=corrupt", "rtas fadump: Unable to read register save area."),
            (.linux612, "dump-section=0x1000", "rtas fadump: Dump taken by platform is not valid (2)"),
            (.linux72, "hpte-section=0x4000", "rtas fadump: Dump taken by platform is not valid (1)"),
            (.linux72, "dump-section=short:1", "rtas fadump: Dump taken by platform is incomplete (2)"),
        ]
    )
    func invalid(profile: KernelProfile, fault: String, words: String) throws {
        let bench = try captured(profile, faults: fault, dialect: .phyp)
        #expect(bench.log.contains(words), "\(bench.log)")
        #expect(bench.kernel.vmcore == nil)
        #expect(bench.kernel.status == .unregistered)
        #expect(bench.hardware.firmware.waitingDump == nil)
        #expect(bench.kernel.exists(.fadumpReleaseMemory) == (profile.interface.releaseFile == .anyDump))
    }

    @Test("6.12 looks at no error flag of the whole dump")
    func wholeError() throws {
        #expect(try captured(.linux612, faults: "dump=error", dialect: .phyp).kernel.vmcore != nil)
    }

    @Test(
        "a dump that the console takes has no CPUs, and since 6.1 those that firmware saved",
        arguments: [(KernelProfile.linux510, 0), (.linux61, 2), (.linux72, 2)]
    )
    func console(profile: KernelProfile, cpus: Int) throws {
        let core = try #require(try captured(profile, kind: .console).kernel.vmcore)
        #expect(core.notes.filter { $0.name == "CORE" }.count == cpus)
    }
}

extension KernelProfile: CustomTestStringConvertible {
    public var testDescription: String { name }
}
