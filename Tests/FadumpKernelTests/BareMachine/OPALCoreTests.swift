import BinaryCodec
import CoreFile
import FadumpKernel
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage
import Testing

@Suite("The core file of OPAL itself")
struct OPALCoreTests {
    private func crashed(_ kernel: KernelProfile, _ kind: CrashKind = .panic) throws -> Bench {
        var bench = try Bench.bare(kernel)
        bench.registerOnce()
        try bench.hardware.ram.write(Array("skiboot".utf8), at: 0x3000_1000)
        try bench.crash(kind, cpu: 2)
        return bench
    }

    private func reader(_ bench: Bench) throws -> CoreFileReader {
        let core = try #require(bench.kernel.opalCore)
        return try CoreFileReader { offset, count in
            var bytes: [UInt8] = []
            try core.image.withPieces(at: offset, count: count) { for piece in $0 { bytes += piece } }
            return bytes
        }
    }

    @Test(
        "big-endian, with OPAL's memory from 0 on, and notes right behind the headers",
        arguments: bareKernels
    )
    func layout(kernel: KernelProfile) throws {
        let bench = try crashed(kernel)
        let file = try reader(bench)
        #expect(file.header.endianness == .big && file.header.flags == 0 && file.header.machine == .ppc64)
        let notes = try #require(file.programHeaders.first)
        // Room for four threads and the entry point.
        #expect(notes.offset == 64 + 2 * 56 && notes.fileSize == 4 * 524 + 44)
        let load = try #require(file.segments.first)
        #expect(load.offset == 0x1_0000 && load.physicalAddress == 0 && load.virtualAddress == 0x3000_0000)
        #expect(load.fileSize == bench.hardware.firmware.opalMemory.own.count)
        #expect(try file.read(physical: 0x1000, count: 7) == Array("skiboot".utf8))
        #expect(bench.kernel.opalCore?.size == load.offset + load.fileSize)
    }

    @Test("the crashed thread comes first, with a signal that says who crashed", arguments: [true, false])
    func threads(isKernels: Bool) throws {
        let bench = try crashed(.newest, isKernels ? .panic : .console)
        let cpus = try reader(bench).cpus()
        let firmware = bench.hardware.firmware
        if isKernels {
            #expect(cpus.map(\.pid) == [106, 104] && cpus.map(\.signal) == [10, 0])
            // Firmware's registers, where /proc/vmcore has the kernel's.
            #expect(cpus.first?.registers.nip == firmware.cpuState(of: 2)[.nia])
        } else {
            #expect(cpus.map(\.pid).suffix(2) == [104, 106])
        }
        #expect(cpus.suffix(1).allSatisfy { $0.parent == 1 })
        let entry = try #require(try reader(bench).notes.last)
        #expect(entry.type == 6 && entry.descriptor.count == 24)
    }

    @Test(
        "it is there after a crash only, until 1 frees it, whatever becomes of the dump",
        arguments: bareKernels
    )
    func release(kernel: KernelProfile) throws {
        #expect(try !Bench.bare(kernel).kernel.exists(.opalReleaseCore))
        var bench = try crashed(kernel)
        _ = bench.write(.fadumpReleaseMemory, "1")
        #expect(bench.kernel.opalCore != nil)
        for text in ["0", "x", "2", ""] {
            #expect(bench.write(.opalReleaseCore, text) == .failure(.invalidArgument))
        }
        #expect(bench.write(.opalReleaseCore, "1\n") == .success(2))
        #expect(bench.kernel.opalCore == nil && bench.kernel.exists(.opalReleaseCore))
        #expect(bench.write(.opalReleaseCore, "0") == .failure(.invalidArgument))
        #expect(bench.write(.opalReleaseCore, "1") == .failure(.notPermitted))
        #expect(bench.log.last == "opal core: '/sys/firmware/opal/core' file not accessible!")
    }

    @Test("a kernel without fadump= has it too")
    func withoutFadump() throws {
        var bench = try Bench.bare(.newest)
        bench.effects = try bench.kernel.crash(CrashRequest(.panic, cpu: 0), on: &bench.hardware)
        bench.bootAfterDump(commandLine: "fadump=off")
        #expect(bench.kernel.opalCore != nil && bench.kernel.vmcore == nil)
    }
}
