import CoreFile
import FadumpKernel
import KernelProfile
import PhysicalMemory
import SystemPackage
import Testing

@Suite("The second boot")
struct SecondBootTests {
    private func reader(_ bench: Bench) throws -> CoreFileReader {
        let core = try #require(bench.kernel.vmcore)
        return try CoreFileReader { offset, count in try core.image.read(at: offset, count: count) }
    }

    private func captured(
        _ profile: KernelProfile = .rfcV7,
        faults: String = "",
        kind: CrashKind = .sysrq,
        cpu: UInt32 = 0
    ) throws -> Bench {
        var bench = try Bench(profile, faults: faults)
        _ = bench.write(.fadumpRegistered, "1")
        try bench.crash(kind, cpu: cpu)
        return bench
    }

    @Test("a dump waits: the capture kernel says so, holds the memory and refuses registration")
    func active() throws {
        var bench = try captured(.linux34)
        #expect(
            bench.log.starts(with: [
                "Firmware-assisted dump is active.",
                "Reserved 1728MB of memory at 320MB for saving crash dump",
            ])
        )
        #expect(bench.kernel.status == .dumpActive)
        #expect(bench.kernel.exists(.fadumpReleaseMemory))
        #expect(bench.show(.fadumpRegistered) == "0\n")
        #expect(bench.write(.fadumpRegistered, "x") == .failure(.notPermitted))
        #expect(bench.show(.iomem) == "00000000-13ffffff : System RAM\n")
    }

    @Test("/proc/vmcore has a note for every online CPU, VMCOREINFO dated, and the memory but for the area")
    func core() throws {
        let bench = try captured()
        let reader = try reader(bench)
        #expect(try reader.cpus().count == 2)
        #expect(reader.segments.map(\.physicalAddress) == [0, 0x1000_0000])
        #expect(reader.segments.map(\.fileSize) == [0x1000_0000, 0x5ffb_0000])
        #expect(reader.header.endianness == .big)
        #expect(reader.header.flags == 0)
    }

    @Test("the crashing CPU's registers come from the crash info header, the others' from firmware")
    func registers() throws {
        let bench = try captured(cpu: 1)
        let cpus = try reader(bench).cpus()
        #expect(cpus[1].registers.trap == 0x300)
        #expect(cpus[1].registers.dsisr == 0x4200_0000)
        #expect(cpus[0].registers.trap == 0)
        #expect(cpus[0].registers.nip == bench.hardware.firmware.cpuState(of: 0)[.nia])
        #expect(cpus.allSatisfy { $0.pid == 0 })
    }

    @Test(
        "panic() leaves only the crashing CPU in 3.4, an oops all, the console none",
        arguments: [(CrashKind.panic, 1), (.sysrq, 2), (.oops, 2), (.systemReset, 2), (.console, 0)]
    )
    func notes(kind: CrashKind, count: Int) throws {
        #expect(try reader(try captured(.linux34, kind: kind)).cpus().count == count)
    }

    @Test(
        "a dump that is no good is thrown away at once: message, no vmcore, no release file, memory free",
        arguments: [
            ("dump-section=0x1000", "Dump taken by platform is not valid"),
            ("cpu-section=0x4000", "Dump taken by platform is not valid"),
            ("dump=error", "Dump taken by platform is not valid"),
            ("dump-section=short:1", "Dump taken by platform is incomplete"),
            ("cpu-section=empty", "Dump taken by platform is incomplete"),
            ("cpu-section=corrupt", "Unable to read register save area."),
        ]
    )
    func invalid(fault: String, message: String) throws {
        var bench = try captured(faults: fault)
        #expect(bench.log.contains(message))
        #expect(bench.kernel.vmcore == nil)
        #expect(!bench.kernel.exists(.fadumpReleaseMemory))
        #expect(bench.kernel.status == .unregistered)
        #expect(bench.show(.fadumpRegion).contains("Dumped: 0x0"))
        #expect(bench.hardware.firmware.waitingDump == nil)
        #expect(!bench.hardware.ram.isFrozen(AddressRange(0, upTo: 0x8000_0000)))
        #expect(bench.write(.fadumpRegistered, "1") == .success(1))
    }

    @Test("error flags of the HPTE section do not matter")
    func hpteErrors() throws {
        #expect(try captured(faults: "hpte-section=0x4000").kernel.vmcore != nil)
    }

    @Test("a crash info header that somebody overwrote is noticed")
    func crashInfo() throws {
        var bench = try Bench()
        _ = bench.write(.fadumpRegistered, "1")
        let area = try #require(bench.kernel.reservedArea)
        // A dump that firmware starts by itself finds what is in memory; the kernel does not write it anew.
        try bench.hardware.ram.write([0], at: PhysicalAddress(area.crashInfoHeader))
        try bench.crash(.console)
        #expect(bench.log.contains("Crash info header is not valid."))
        #expect(bench.kernel.vmcore == nil)
    }

    @Test(
        "release takes 1 by its first byte, refuses the rest, and after it everything is EPERM",
        arguments: [
            ("0", false), ("x", false), ("2", false), ("\n1", false), ("1", true), ("1\n", true),
            ("10", true), ("1x", true),
        ]
    )
    func release(value: String, releases: Bool) throws {
        var bench = try captured()
        let result = bench.write(.fadumpReleaseMemory, value)
        let expected: Result<Int, Errno> = releases ? .success(value.utf8.count) : .failure(.invalidArgument)
        #expect(result == expected)
        #expect((bench.kernel.vmcore == nil) == releases)
        guard releases else { return }
        #expect(bench.write(.fadumpReleaseMemory, "1") == .failure(.notPermitted))
        #expect(bench.write(.fadumpReleaseMemory, "x") == .failure(.notPermitted))
        #expect(bench.kernel.exists(.fadumpReleaseMemory))
        #expect(bench.show(.fadumpRegistered) == "0\n")
        #expect(bench.write(.fadumpRegistered, "1") == .success(1))
    }

    @Test("a release that firmware refuses frees the memory, but the dump stays active")
    func releaseRefused() throws {
        var bench = try captured(faults: "invalidate=-1")
        #expect(bench.write(.fadumpReleaseMemory, "1") == .success(1))
        #expect(
            bench.log.last == "Failed to invalidate firmware-assisted dump rgistration. unexpected error(-1)."
        )
        #expect(bench.kernel.vmcore == nil)
        #expect(bench.kernel.status == .dumpActive)
        #expect(bench.write(.fadumpRegistered, "1") == .failure(.notPermitted))
        #expect(!bench.hardware.ram.isFrozen(AddressRange(0, upTo: 0x8000_0000)))
    }

    @Test("a clean reboot of the capture kernel invalidates the dump")
    func reboot() throws {
        var bench = try captured()
        bench.effects = try bench.kernel.reboot(on: &bench.hardware)
        #expect(bench.departure == .reboot)
        #expect(bench.hardware.firmware.waitingDump == nil)
    }
}

@Suite("What 3.4 lets happen")
struct OverlapTests {
    @Test("an area that overlaps boot memory still makes a dump, and the fourth line wraps, as recorded")
    func overlap() throws {
        var bench = try Bench(.linux34, rma: 1 << 30, maximumCPUs: 2)
        #expect(bench.write(.fadumpRegistered, "1") == .success(1))
        try bench.crash()
        let core = try #require(bench.kernel.vmcore)
        #expect(core.programHeaders.count == 2)
        #expect(core.programHeaders[1].fileSize == 0x4400_0000)
        let last = bench.show(.fadumpRegion).split(separator: "\n").last
        #expect(
            last
                == "    : [0x00000044000000-0x0000003bfeffff] 0xfffffffff7ff0000 bytes, Dumped: 0xfffffffff7ff0000"
        )
    }

    @Test("an area that wraps around the address space registers, and its dump is not valid, as recorded")
    func wrap() throws {
        var bench = try Bench(.linux34, memory: MemoryMap(size: 1 << 30), rma: 1 << 30, maximumCPUs: 2)
        #expect(bench.write(.fadumpRegistered, "1") == .success(1))
        #expect(bench.show(.fadumpRegistered) == "1\n")
        try bench.crash()
        #expect(bench.log.contains("Dump taken by platform is not valid"))
        #expect(bench.kernel.vmcore == nil)
        #expect(!bench.kernel.exists(.fadumpReleaseMemory))
        #expect(bench.show(.fadumpEnabled) == "1\n")
    }
}
