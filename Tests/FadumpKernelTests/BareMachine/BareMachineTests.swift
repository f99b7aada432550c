import BinaryCodec
import CoreFile
import FadumpKernel
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage
import Testing

@Suite("fadump on a bare machine: the first boot")
struct BareMachineTests {
    @Test("kernels since 5.4 know OPAL, earlier ones do not")
    func whoKnowsIt() {
        let without = KernelProfile.all.filter { $0.opal == nil }
        #expect(without.count == 6 && without.allSatisfy { $0.onOPAL == nil })
        #expect(bareKernels.count == 5)
    }

    @Test("768 MB of boot memory at least, and the area leaves OPAL's memory alone", arguments: bareKernels)
    func sizes(kernel: KernelProfile) throws {
        let bench = try Bench.bare(kernel)
        let area = try #require(bench.kernel.reservedArea)
        #expect(area.bootMemorySize == 768 << 20)
        // Image and stacks twice, and the registers of one chip.
        #expect(area.start == 0x3000_0000 + 2 * (0x1c1_0000 + 8 * 0x8000) + 0x8_0000)
        #expect(bench.hardware.firmware.opalMemory.registers.end.rawValue == area.start)
        #expect(area.cpuSize == 0 && area.hpteSize == 0 && area.parameterArea == nil)
        #expect(bench.kernel.areaSections.map(\.name).first == "DUMP")
        #expect(bench.kernel.areaSections.last?.name == "META")
        let small = try Bench.bare(kernel, commandLine: "fadump=on crashkernel=512M")
        let message = "fadump: Can't enable fadump with boot memory size (0x20000000) less than 0x30000000"
        #expect(small.log.contains(message) && small.kernel.reservedArea == nil)
    }

    @Test("the metadata takes the last page, and is told of before the area is", arguments: bareKernels)
    func metadata(kernel: KernelProfile) throws {
        let bench = try Bench.bare(kernel)
        let area = try #require(bench.kernel.reservedArea)
        let address = area.end - 0x1_0000
        let told = try #require(
            bench.log.firstIndex(of: "opal fadump: Kernel metadata addr: \(String(address, radix: 16))")
        )
        let reserved = try #require(bench.log.firstIndex { $0.hasPrefix("fadump: Reserved ") })
        #expect(told < reserved)
        var bytes = try BinaryReader(bench.hardware.ram.read(at: PhysicalAddress(address), count: 40), .big)
        let registered: UInt16 = kernel.interface.registersAtBoot ? 1 : 0
        #expect(try bytes.u32("version") == 0x0100_0000)
        #expect(try (bytes.u16("ranges"), bytes.u16("registered")) == (1, registered))
        #expect(try bytes.u64("header") == area.crashInfoHeader)
        #expect(try (bytes.u64("source"), bytes.u64("destination")) == (0, area.start))
        #expect(try bytes.u64("size") == 0x3000_0000)
    }

    @Test("boot memory of more than firmware's 32 bits is registered in pieces")
    func pieces() throws {
        var bench = try Bench.bare(.newest, memory: MemoryMap(size: 128 << 30))
        #expect(bench.hardware.firmware.mpipl.ranges.map(\.size) == [0xffff_0000, 0x9001_0000])
        #expect(bench.show(.fadumpRegion).split(separator: "\n").count == 2)
        try bench.crash()
        let lines = bench.show(.fadumpRegion).split(separator: "\n")
        #expect(lines.count == 3 && lines[1].hasSuffix("Dumped: 0x90010000 bytes"))
        let headers = try #require(bench.kernel.vmcore).programHeaders
        #expect(headers.filter { $0.type == .load }.prefix(2).map(\.fileSize) == [0xffff_0000, 0x9001_0000])
    }

    @Test(
        "what a refused registration answers",
        arguments: [
            ("-1", "Parameter Error(-1)."), ("-9", "Unknown Error(-9)."), ("-2", "Unknown Error(-2)."),
        ]
    )
    func refused(status: String, words: String) throws {
        var bench = try Bench.bare(.newest, faults: "register=\(status)")
        #expect(bench.write(.fadumpRegistered, "1") == .failure(.ioError))
        #expect(bench.log.contains("opal fadump: Failed to register. \(words)"))
        #expect(bench.show(.fadumpRegistered) == "0\n")
    }

    @Test("a later range that is refused takes the earlier ones along")
    func refusedLater() throws {
        let memory = MemoryMap(size: 128 << 30)
        let bench = try Bench.bare(.newest, memory: memory, faults: "register=-1@2")
        #expect(!bench.hardware.firmware.hasRegistration)
        #expect(bench.show(.fadumpRegistered) == "0\n")
    }

    @Test("firmware that takes its support back leaves files that say 0, and the memory reserved")
    func withdrawn() throws {
        var bench = try Bench.bare(.newest, faults: "register=-6")
        #expect(bench.log.contains("opal fadump: Support not available."))
        #expect(bench.kernel.exists(.fadumpEnabled) && bench.kernel.exists(.fadumpRegion))
        #expect(bench.show(.fadumpEnabled) == "0\n" && bench.show(.fadumpRegistered) == "0\n")
        #expect(bench.show(.fadumpRegion).isEmpty && bench.show(.fadumpMemoryReserved) != "0\n")
        #expect(bench.write(.fadumpRegistered, "1") == .failure(.notPermitted))
        var old = try Bench.bare(.linux54, faults: "register=-6")
        #expect(old.write(.fadumpRegistered, "1") == .failure(.ioError))
        #expect(old.kernel.exists(.fadumpRegistered) && old.show(.fadumpEnabled) == "0\n")
    }

    @Test("1 again registers anew; firmware that cannot unregister then refuses what it has")
    func again() throws {
        var bench = try Bench.bare(.newest)
        #expect(bench.write(.fadumpRegistered, "1") == .success(1))
        #expect(bench.hardware.firmware.mpipl.ranges.count == 1)
        #expect(bench.write(.fadumpRegistered, "0") == .success(1))
        #expect(!bench.hardware.firmware.hasRegistration)
        var stuck = try Bench.bare(.newest, faults: "unregister=-1")
        #expect(stuck.write(.fadumpRegistered, "1") == .failure(.ioError))
        #expect(stuck.log.contains("opal fadump: Failed to un-register - unexpected Error(-1)."))
        #expect(stuck.show(.fadumpRegistered) == "1\n")
    }

    @Test("kdump's area begins at 128 MB, also where a partition's would begin later", arguments: bareKernels)
    func kdump(kernel: KernelProfile) throws {
        let bench = try Bench.bare(kernel, commandLine: "fadump=off crashkernel=512M", rma: 4 << 30)
        #expect(bench.kernel.crashKernelRange?.start == 0x800_0000)
    }

    @Test("without support there is nothing of fadump")
    func unsupported() throws {
        let bench = try Bench.bare(.newest, supportsDump: false)
        #expect(!bench.kernel.exists(.fadumpEnabled))
        #expect(bench.log.contains("fadump: Firmware-Assisted Dump is not supported on this hardware"))
    }
}
