import BinaryCodec
import CoreFile
import FadumpKernel
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage
import Testing

@Suite("fadump on a bare machine: the crash and the second boot")
struct BareCrashTests {
    @Test("fadump_region shows boot memory only, and names the memory above", arguments: bareKernels)
    func region(kernel: KernelProfile) throws {
        var bench = try Bench.bare(kernel)
        let line = "DUMP: Src: 0x00000000000000, Dest: 0x00000033920000, Size: 0x30000000, Dumped: "
        #expect(bench.show(.fadumpRegion) == line + "0x0 bytes\n")
        bench.registerOnce()
        try bench.crash()
        let start = kernel.opal?.regionNamesArea == true ? "0x00000033920000" : "0x00000030000000"
        let above = "\nMemory above \(start) is reserved for saving crash dump\n"
        #expect(bench.show(.fadumpRegion) == line + "0x30000000 bytes\n" + above)
        #expect(bench.log.first == "opal fadump: Firmware-assisted dump is active.")
    }

    @Test("a whole cycle, twice, with the registers of every thread that ran", arguments: bareKernels)
    func cycle(kernel: KernelProfile) throws {
        var bench = try Bench.bare(kernel)
        for _ in 0..<2 {
            bench.registerOnce()
            #expect(bench.log.contains("opal fadump: Registration is successful!"))
            let firmware = bench.hardware.firmware
            try bench.hardware.ram.write(Array("boot".utf8), at: 0x1_2345)
            try bench.crash(.panic, cpu: 2)
            let cpus = try bench.dumpedCPUs()
            #expect(cpus.count == 2 && cpus.first?.nip == firmware.cpuState(of: 0)[.nia])
            let core = try #require(bench.kernel.vmcore)
            let load = try #require(core.programHeaders.first { $0.type == .load })
            #expect(load.physicalAddress == 0 && load.fileSize == 768 << 20)
            let copy = try #require(bench.kernel.reservedArea).bootMemoryCopy
            #expect(
                try bench.hardware.ram.read(at: PhysicalAddress(copy + 0x1_2345), count: 4)
                    == Array("boot".utf8)
            )
            #expect(try bench.write(.fadumpReleaseMemory, "1")?.get() == 1)
            #expect(bench.show(.fadumpRegistered) == "0\n")
            #expect(bench.log.last?.hasPrefix("opal fadump: Kernel metadata addr: ") == true)
            #expect(!bench.hardware.firmware.hasWaitingDump)
        }
    }

    @Test("a release gives back what lies behind the area, and nothing of OPAL's", arguments: bareKernels)
    func freed(kernel: KernelProfile) throws {
        var bench = try Bench.bare(kernel)
        bench.registerOnce()
        try bench.crash()
        _ = bench.write(.fadumpReleaseMemory, "1")
        let area = try #require(bench.kernel.reservedArea)
        let first = String(area.end.alignedDown(to: 0x1_0000), radix: 16)
        let lines = bench.log.filter { $0.contains("freeing reserved memory") }
        #expect(lines == ["fadump: freeing reserved memory (0x\(first) - 0x100000000)"])
    }

    @Test("the crash info header names the crashed CPU by its PIR", arguments: bareKernels)
    func pir(kernel: KernelProfile) throws {
        var bench = try Bench.bare(kernel)
        bench.registerOnce()
        try bench.crash(.oops, cpu: 2)
        let area = try #require(bench.kernel.reservedArea)
        let offset: UInt64 = kernel.core.builder == .captureKernel ? 12 : 16
        let place = PhysicalAddress(area.crashInfoHeader + offset)
        var reader = BinaryReader(try bench.hardware.ram.read(at: place, count: 4), bench.options.endianness)
        #expect(try reader.u32("crashing CPU") == 6)
        // The crashed CPU's registers are the kernel's own, with the trap, in the order of the threads.
        #expect(try bench.dumpedCPUs().map(\.trap) == [0, 0x300])
    }

    @Test("a dump that the kernel did not ask for has firmware's registers of all CPUs")
    func console() throws {
        var bench = try Bench.bare(.newest)
        try bench.crash(.console)
        let states = [0, 2].map { bench.hardware.firmware.cpuState(of: $0)[.nia] }
        #expect(try bench.dumpedCPUs().map(\.nip) == states)
        var unregistered = try Bench.bare(.linux54)
        #expect(throws: Errno.notPermitted) { try unregistered.crash(.console) }
    }

    @Test(
        "registers that are missing leave the crashed CPU's own",
        arguments: [("empty", false), ("corrupt", true), ("short:0xb6c", true)]
    )
    func noRegisters(fault: String, complains: Bool) throws {
        var bench = try Bench.bare(.linux61, faults: "cpu-section=\(fault)")
        bench.registerOnce()
        try bench.crash(.oops)
        #expect(try bench.dumpedCPUs().map(\.trap) == [0x300])
        let invalid = "opal fadump: CPU state data is invalid. Ignoring!"
        #expect(bench.log.contains(invalid) == complains)
        #expect(bench.log.contains("opal fadump: WARNING: appending only crashing CPU's register data"))
        #expect(bench.log.contains("opal core: Could not export /sys/firmware/opal/core"))
        #expect(!bench.kernel.exists(.opalReleaseCore))
    }

    @Test("ranges beyond firmware's limit are left out, which counts as success, and is told twice")
    func leftOut() throws {
        var bench = try Bench.bare(.newest, memory: MemoryMap(size: 128 << 30), faults: "register=-10@2")
        let limit = "opal fadump: 1 regions could not be registered for MPIPL as MAX limit is reached!"
        #expect(bench.log.contains(limit) && bench.show(.fadumpRegistered) == "1\n")
        try bench.crash()
        #expect(bench.log.contains("opal fadump: Not all memory regions were saved!!!"))
        #expect(bench.log.contains("opal fadump: \t[001] base: 0xffff0000, size: 0x90010000"))
        // What was not registered repeats the size of what was.
        let lines = bench.show(.fadumpRegion).split(separator: "\n")
        #expect(lines.prefix(2).allSatisfy { $0.hasSuffix("Dumped: 0xffff0000 bytes") })
    }

    @Test(
        "a reboot that firmware refuses is told of, and the panic goes on",
        arguments: [
            ("-7", "opal fadump: Reboot type 3 not supported."),
            ("-6", "opal fadump: No backend support for MPIPL!"),
        ]
    )
    func refusedReboot(status: String, message: String) throws {
        var bench = try Bench.bare(.newest, faults: "os-term=\(status)")
        try bench.crash(.panic)
        #expect(bench.log.contains(message) && bench.departure == .reboot)
    }

    @Test("metadata of another version is told of; a crash before registration is no dump")
    func otherMetadata() throws {
        var bench = try Bench.bare(.newest)
        let area = try #require(bench.kernel.reservedArea)
        try bench.hardware.ram.write([2], at: PhysicalAddress(area.end - 0x1_0000))
        try bench.crash()
        #expect(bench.log.contains("opal fadump: Supported kernel metadata version: 1, found: 2!"))
        #expect(bench.kernel.vmcore != nil)

        var none = try Bench.bare(.newest)
        try none.hardware.ram.write([0, 0], at: PhysicalAddress(area.end - 0x1_0000 + 6))
        try none.crash()
        #expect(none.kernel.vmcore == nil && !none.kernel.exists(.fadumpReleaseMemory))
        #expect(none.kernel.opalCore != nil)
    }

    @Test("a bad crash info header throws the dump away, in the words of its part", arguments: bareKernels)
    func badHeader(kernel: KernelProfile) throws {
        var bench = try Bench.bare(kernel)
        bench.registerOnce()
        let area = try #require(bench.kernel.reservedArea)
        bench.effects = try bench.kernel.crash(CrashRequest(.panic, cpu: 0), on: &bench.hardware)
        try bench.hardware.ram.write([0], at: PhysicalAddress(area.crashInfoHeader))
        bench.bootAfterDump()
        let common = kernel.core.builder == .captureKernel
        let words =
            common ? "fadump: Fadump header is corrupted." : "opal fadump: Crash info header is not valid."
        #expect(bench.log.contains(words) && bench.kernel.vmcore == nil)
        #expect(bench.log.contains("opal core: Failed to get OPAL metadata (-1)"))
    }
}
