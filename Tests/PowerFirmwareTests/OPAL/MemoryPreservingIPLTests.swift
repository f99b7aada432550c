import BinaryCodec
import PhysicalMemory
import PowerFirmware
import Testing

@Suite("OPAL: what kernels register, and what they are told")
struct MemoryPreservingIPLTests {
    @Test("a range needs bytes, memory at both ends, and places of its own")
    func ranges() throws {
        var machine = try BareFirmware()
        #expect(machine.add(0, 0x4000_0000, 0) == .parameter)
        #expect(machine.add(0x1_0000_0000_0000, 0x4000_0000, 4096) == .parameter)
        #expect(machine.add(0, 0x1_0000_0000_0000, 4096) == .parameter)
        #expect(machine.add(0, 0x4000_0000, 4096) == .success)
        #expect(machine.add(0, 0x5000_0000, 4096) == .parameter)
        #expect(machine.add(0x1000, 0x4000_0000, 4096) == .parameter)
        // Where OPAL itself lies and is preserved.
        #expect(machine.add(0x3000_0000, 0x5000_0000, 4096) == .parameter)
        #expect(machine.add(0x1000, machine.firmware.opalMemory.copy.start.rawValue, 4096) == .parameter)
        // Of a size 32 bits count.
        #expect(machine.add(0x10_0000, 0x5000_0000, 0x1_0000_2000) == .success)
        #expect(machine.firmware.mpipl.ranges.map(\.size) == [4096, 0x2000])
    }

    @Test("the table has room for 63 ranges beside OPAL's own")
    func limit() throws {
        var machine = try BareFirmware()
        for number in 0..<63 as Range<UInt64> {
            #expect(machine.add(number << 16, 0x4000_0000 + number << 16, 4096) == .success)
        }
        #expect(machine.add(64 << 16, 0x5000_0000, 4096) == .resource)
        #expect(machine.update(.removeRange(source: 1 << 16, destination: 0x4000_0000)) == .parameter)
        #expect(machine.update(.removeRange(source: 0, destination: 0x4000_0000)) == .success)
        #expect(machine.add(64 << 16, 0x5000_0000, 4096) == .success)
        #expect(machine.update(.removeAll) == .success)
        #expect(!machine.firmware.hasRegistration)
    }

    @Test("only the kernel's own tags can be set, and they are for the next kernel")
    func tags() throws {
        var machine = try BareFirmware()
        #expect(machine.set(.cpu, 1) == .parameter)
        #expect(machine.set(.opal, 1) == .parameter)
        #expect(machine.set(.bootMemory, 0) == .parameter)
        #expect(machine.set(.bootMemory, (2 << 30) + 1) == .parameter)
        #expect(machine.set(.kernel, 0x4000_0000) == .success)
        #expect(machine.set(.bootMemory, 0x3000_0000) == .success)
        #expect(machine.firmware.mpiplQueryTag(.kernel).status == .parameter)
        machine.crash()
        #expect(machine.firmware.mpiplQueryTag(.kernel) == (.success, 0x4000_0000))
        #expect(machine.firmware.mpiplQueryTag(.bootMemory) == (.success, 0x3000_0000))
        #expect(machine.update(.freePreservedMemory) == .success)
        #expect(machine.firmware.mpiplQueryTag(.kernel) == (.parameter, 0))
        #expect(!machine.firmware.hasWaitingDump)
    }

    @Test("a tag that nobody set is 0 after a crash")
    func missingTag() throws {
        var machine = try BareFirmware()
        machine.crash()
        #expect(machine.firmware.mpiplQueryTag(.kernel) == (.success, 0))
    }

    @Test("only the boot right after a crash knows of it")
    func reset() throws {
        var machine = try BareFirmware()
        _ = machine.set(.kernel, 0x4000_0000)
        machine.crash()
        #expect(machine.firmware.deviceTree.contains { $0.name == "mpipl-boot" && $0.value.isEmpty })
        machine.firmware.reset(keepingDump: true)
        #expect(!machine.firmware.hasWaitingDump)
        #expect(!machine.firmware.deviceTree.contains { $0.name == "mpipl-boot" })
    }

    @Test("what firmware is told to answer it answers here too, with OPAL's numbers")
    func faults() throws {
        var machine = try BareFirmware("register=-10@2,unregister=-6,invalidate=-1,os-term=-7")
        #expect(machine.add(0, 0x4000_0000, 4096) == .success)
        #expect(machine.add(0x1_0000, 0x5000_0000, 4096) == .resource)
        #expect(machine.update(.removeAll) == .hardware)
        #expect(machine.update(.freePreservedMemory) == .parameter)
        #expect(machine.firmware.rebootPreservingMemory(reason: "x", thread: 4) == .unsupported)
    }

    @Test(
        "faults that mean nothing to OPAL are known",
        arguments: [
            ("hpte-section=0x1000", "hpte-section"), ("dump-section=empty", "dump-section"),
            ("cpu-section=0x1000", "cpu-section"), ("dump=error", "dump=error"),
            ("cpu-section=empty,register=-1", nil), ("cpu-section=corrupt", nil),
        ] as [(String, String?)]
    )
    func meaninglessFaults(plan: String, rule: String?) throws {
        #expect(try FaultPlan(parsing: plan).ruleUnknownToOPAL == rule)
    }

    @Test("without support there are no calls and no node")
    func unsupported() throws {
        var machine = try BareFirmware(supportsDump: false)
        #expect(machine.add(0, 0x4000_0000, 4096) == .hardware)
        #expect(machine.firmware.rebootPreservingMemory(reason: "x", thread: 4) == .unsupported)
        #expect(machine.firmware.deviceTreeNode.children.isEmpty)
    }

    @Test("the device tree tells where OPAL is, and where it loads kernels")
    func deviceTree() throws {
        let firmware = try BareFirmware().firmware
        #expect(firmware.deviceTreeNode.name == "ibm,opal")
        let areas = firmware.deviceTree.first { $0.name == "fw-load-area" }
        var wanted = BinaryWriter(.big)
        for word in [0x2000_0000, 0x800_0000, 0x2800_0000, 0x800_0000] as [UInt64] { wanted.put(word) }
        #expect(areas?.value == wanted.bytes)
        #expect(firmware.rootProperties.map(\.name) == ["compatible", "reserved-ranges"])
        #expect(firmware.rootProperties.last?.value.count == 3 * 16)
    }
}
