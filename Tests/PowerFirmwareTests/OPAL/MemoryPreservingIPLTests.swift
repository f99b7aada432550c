import PhysicalMemory
import PowerFirmware
import Testing

@Suite("OPAL: ranges, tags and registers that outlive a crash")
struct MemoryPreservingIPLTests {
    private static func firmware(_ faults: String = "", cpus: Int = 4) throws -> PowerFirmware {
        var configuration = PlatformConfiguration(platform: .powernv, maximumCPUs: cpus)
        if !faults.isEmpty { configuration.faults = try FaultPlan(parsing: faults) }
        return PowerFirmware(configuration)
    }

    private static let range = PreservedRange(source: 0, destination: 0x4000_0000, size: 0x1000_0000)

    @Test("a range needs bytes that fit 32 bits, and there is a limit to their number")
    func ranges() throws {
        var firmware = try Self.firmware()
        var range = Self.range
        for size in [0, 1 << 32] as [UInt64] {
            range.size = size
            #expect(firmware.mpiplUpdate(.addRange(range)) == .parameter)
        }
        for _ in 0..<MemoryPreservingIPL.maximumRanges {
            #expect(firmware.mpiplUpdate(.addRange(Self.range)) == .success)
        }
        #expect(firmware.mpiplUpdate(.addRange(Self.range)) == .resource)
        #expect(firmware.mpiplUpdate(.removeAll) == .success)
        #expect(firmware.registration == nil)
        #expect(firmware.mpiplUpdate(.removeRange(Self.range)) == .parameter)
    }

    @Test("only the kernel's own tags can be set, and a tag of 0 is none")
    func tags() throws {
        var firmware = try Self.firmware()
        #expect(firmware.mpiplRegisterTag(.cpu, 1) == .parameter)
        #expect(firmware.mpiplRegisterTag(.opal, 1) == .parameter)
        #expect(firmware.mpiplRegisterTag(.kernel, 0x1000) == .success)
        #expect(firmware.mpiplQueryTag(.kernel) == 0x1000)
        #expect(firmware.mpiplRegisterTag(.kernel, 0) == .success)
        #expect(firmware.mpiplQueryTag(.kernel) == nil)
    }

    @Test("without ranges the reboot that preserves memory returns")
    func nothingRegistered() throws {
        var firmware = try Self.firmware()
        #expect(firmware.rebootPreservingMemory(reason: "x") == .returns(RTASStatus(rawValue: -7)))
        _ = firmware.mpiplUpdate(.addRange(Self.range))
        #expect(firmware.rebootPreservingMemory(reason: "x") == .dump)
    }

    @Test("a crash keeps tags, saves the registers of every thread, and says so in the device tree")
    func crash() throws {
        var firmware = try Self.firmware()
        var ram = try PhysicalRAM(map: MemoryMap(size: 2 << 30))
        #expect(!firmware.deviceTree.contains { $0.name == "mpipl-boot" })
        _ = firmware.mpiplUpdate(.addRange(Self.range))
        _ = firmware.mpiplRegisterTag(.kernel, 0x5000_0000)
        let cpus = [1, 3].map { firmware.cpuState(of: $0) }
        _ = firmware.takeDump(cpus: cpus, ram: &ram)
        #expect(firmware.mpiplQueryTag(.kernel) == 0x5000_0000)
        #expect(firmware.deviceTree.contains { $0.name == "mpipl-boot" })
        #expect(firmware.waitingDump?.sections.map(\.bytesDumped) == [Self.range.size])

        let address = try #require(firmware.mpiplQueryTag(.cpu))
        let bytes = try ram.read(at: PhysicalAddress(address), count: OPALDumpDescription.byteCount)
        let description = try OPALDumpDescription(parsing: bytes)
        #expect(description.range.size == UInt64(4 * ThreadRegisters.entrySize))
        let entries = try ram.read(
            at: PhysicalAddress(description.range.destination),
            count: Int(description.range.size)
        )
        let saved = try ThreadRegisters.cpus(parsing: entries, entrySize: Int(description.entrySize))
        #expect(saved.map(\.logicalID) == [1, 3])
        for (cpu, state) in zip(saved, cpus) {
            #expect(cpu.nia == state[.nia] && cpu.msr == state[.msr] && cpu.gpr(31) == state[.gpr(31)])
        }

        firmware.reset(keepingDump: true)
        #expect(firmware.waitingDump == nil && firmware.mpiplQueryTag(.kernel) == nil)
    }

    @Test("registers that cannot be are refused with the field", arguments: [0, 8, 23])
    func malformed(entrySize: Int) {
        #expect(throws: (any Error).self) {
            try ThreadRegisters.cpus(parsing: Array(repeating: 0, count: 64), entrySize: entrySize)
        }
    }

    @Test("what firmware is told to answer it answers here too")
    func faults() throws {
        var firmware = try Self.firmware("register=-6,invalidate=-1")
        #expect(firmware.mpiplUpdate(.addRange(Self.range)) == .hardware)
        #expect(firmware.mpiplUpdate(.freePreservedMemory) == .parameter)
    }
}
