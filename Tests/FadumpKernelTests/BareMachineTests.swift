import BinaryCodec
import CoreFile
import FadumpKernel
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage
import Testing

@Suite("fadump on a bare machine")
struct BareMachineTests {
    private static let kernels = KernelProfile.all.filter { $0.opal != nil }

    private func bench(
        _ kernel: KernelProfile,
        gigabytes: UInt64 = 4,
        commandLine: String = "fadump=on",
        faults: String = ""
    ) throws -> Bench {
        try Bench(
            #require(kernel.onOPAL),
            memory: MemoryMap(size: gigabytes << 30),
            commandLine: commandLine,
            faults: faults,
            maximumCPUs: 4,
            platform: .powernv
        )
    }

    @Test("kernels since 5.4 know OPAL, earlier ones do not")
    func whoKnowsIt() {
        let without = KernelProfile.all.filter { $0.opal == nil }
        #expect(without.count == 6 && without.allSatisfy { $0.onOPAL == nil })
        #expect(Self.kernels.count == 5)
    }

    @Test("768 MB of boot memory at least, and the area leaves OPAL's memory alone", arguments: kernels)
    func sizes(kernel: KernelProfile) throws {
        let bench = try bench(kernel)
        let area = try #require(bench.kernel.reservedArea)
        #expect(area.bootMemorySize == 768 << 20)
        #expect(area.start == PowerFirmware.opalMemory.end.rawValue)
        #expect(area.cpuSize == 0 && area.hpteSize == 0 && area.parameterArea == nil)
        let small = try self.bench(kernel, commandLine: "fadump=on crashkernel=512M")
        let message = "fadump: Can't enable fadump with boot memory size (0x20000000) less than 0x30000000"
        #expect(small.log.contains(message) && small.kernel.reservedArea == nil)
    }

    @Test("fadump_region shows boot memory only, and a dump above the area's start", arguments: kernels)
    func region(kernel: KernelProfile) throws {
        var bench = try bench(kernel)
        let line = "DUMP: Src: 0x00000000000000, Dest: 0x00000032000000, Size: 0x30000000, Dumped: "
        #expect(bench.show(.fadumpRegion) == line + "0x0 bytes\n")
        _ = bench.write(.fadumpRegistered, "1")
        try bench.crash()
        let above = "\nMemory above 0x00000032000000 is reserved for saving crash dump\n"
        #expect(bench.show(.fadumpRegion) == line + "0x30000000 bytes\n" + above)
        #expect(bench.log.contains("opal fadump: Firmware-assisted dump is active."))
    }

    @Test("a whole cycle, twice, with the registers of every thread", arguments: kernels)
    func cycle(kernel: KernelProfile) throws {
        var bench = try bench(kernel)
        for _ in 0..<2 {
            _ = bench.write(.fadumpRegistered, "1")
            #expect(bench.log.contains("opal fadump: Registration is successful!"))
            let nip = bench.hardware.firmware.cpuState(of: 1)[.nia]
            try bench.crash(.panic)
            let core = try #require(bench.kernel.vmcore)
            let cpus = try core.notes.filter { $0.type == PRStatus.noteType && $0.name == PRStatus.noteName }
                .map { try PRStatus(parsing: $0.descriptor, bench.options.endianness) }
            #expect(cpus.count == 2 && cpus.last?.registers.nip == nip)
            #expect(try bench.write(.fadumpReleaseMemory, "1")?.get() == 1)
            #expect(bench.show(.fadumpRegistered) == "0\n")
        }
    }

    @Test("boot memory of more than firmware's 32 bits is registered in pieces")
    func pieces() throws {
        var bench = try bench(.newest, gigabytes: 128)
        _ = bench.write(.fadumpRegistered, "1")
        #expect(bench.hardware.firmware.mpipl.ranges.map(\.size) == [0xffff_0000, 0x9001_0000])
        try bench.crash()
        #expect(bench.kernel.vmcore != nil)
    }

    @Test(
        "what a refused registration answers",
        arguments: [("-1", "Parameter Error(-1)."), ("-9", "Unknown Error(-9).")]
    )
    func refused(status: String, words: String) throws {
        var bench = try bench(.newest, faults: "register=\(status)")
        #expect(bench.write(.fadumpRegistered, "1") == .failure(.ioError))
        #expect(bench.log.contains("opal fadump: Failed to register. \(words)"))
    }

    @Test("firmware without support takes the files away")
    func unsupported() throws {
        let bench = try bench(.newest, faults: "register=-6")
        #expect(bench.log.contains("opal fadump: Support not available."))
        #expect(!bench.kernel.exists(.fadumpEnabled))
    }

    @Test("OPAL's core file is there after a crash, until 1 frees it", arguments: kernels)
    func opalCore(kernel: KernelProfile) throws {
        var bench = try bench(kernel)
        #expect(!bench.kernel.exists(.opalReleaseCore))
        _ = bench.write(.fadumpRegistered, "1")
        try bench.crash()
        let core = try #require(bench.kernel.opalCore)
        #expect(core.header.endianness == .big && core.programHeaders.count == 2)
        for text in ["0", "x", "2"] {
            #expect(bench.write(.opalReleaseCore, text) == .failure(.invalidArgument))
        }
        #expect(bench.write(.opalReleaseCore, "1\n") == .success(2))
        #expect(bench.kernel.opalCore == nil && bench.kernel.exists(.opalReleaseCore))
        #expect(bench.write(.opalReleaseCore, "1") == .failure(.notPermitted))
    }
}

extension KernelProfile {
    /// The last of the list.
    fileprivate static var newest: KernelProfile { all[all.count - 1] }
}
