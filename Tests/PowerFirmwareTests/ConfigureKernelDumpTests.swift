import PhysicalMemory
import PowerFirmware
import Testing

/// A 2 GiB machine of the design document with a structure to register in its memory.
struct Platform {
    static let buffer = PhysicalAddress(0x72_0000)
    var firmware: PowerFirmware
    var ram: PhysicalRAM
    var structure: DumpMemoryStructure

    init(_ faults: String = "", cpus: Int = 64) throws {
        var configuration = PlatformConfiguration(maximumCPUs: cpus)
        if !faults.isEmpty { configuration.faults = try FaultPlan(parsing: faults) }
        firmware = PowerFirmware(configuration)
        ram = try PhysicalRAM(map: MemoryMap(size: 2 << 30))
        structure = DumpMemoryStructure(sections: [
            DumpSection(sourceDataType: .cpuState, sourceLength: 0x40020, destinationAddress: 0x6ffb_0000),
            DumpSection(sourceDataType: .hpte, sourceLength: 0x1000, destinationAddress: 0x6fff_0020),
            DumpSection(
                sourceDataType: .realModeRegion,
                sourceLength: 0x1000_0000,
                destinationAddress: 0x6fff_1020
            ),
        ])
    }

    mutating func call(
        _ command: ConfigureKernelDumpCommand,
        buffer: PhysicalAddress = Self.buffer,
        length: UInt64? = nil
    ) throws -> RTASStatus {
        try ram.write(structure.bytes, at: Self.buffer)
        return firmware.configureKernelDump(
            command: command,
            buffer: buffer,
            length: length ?? UInt64(structure.byteCount),
            ram: ram
        )
    }

    mutating func dump(cpus: [UInt32] = [0, 1]) -> [FirmwareEvent] {
        firmware.takeDump(cpus: cpus.map { firmware.cpuState(of: $0) }, ram: &ram)
    }
}

@Suite("ibm,configure-kernel-dump")
struct ConfigureKernelDumpTests {
    @Test("registering reads the structure out of RAM and keeps a copy")
    func register() throws {
        var platform = try Platform()
        #expect(try platform.call(.register) == .success)
        try platform.ram.write(Array(repeating: 0, count: 160), at: Platform.buffer)
        #expect(platform.firmware.registration?.sections.count == 3)
        #expect(try platform.call(.register) == .alreadyRegistered)
        #expect(try platform.call(.unregister) == .success)
        #expect(platform.firmware.registration == nil)
        #expect(try platform.call(.unregister) == .success)
    }

    @Test("the buffer must lie in the real mode area and hold exactly the structure")
    func bufferChecks() throws {
        var platform = try Platform()
        #expect(try platform.call(.register, length: 39) == .parameterError)
        #expect(try platform.call(.register, length: 120) == .parameterError)
        #expect(try platform.call(.register, length: 200) == .parameterError)
        #expect(try platform.call(.register, buffer: 0) == .parameterError)
        #expect(try platform.call(.register, buffer: PhysicalAddress((256 << 20) - 8)) == .parameterError)
        #expect(try platform.call(.register, buffer: PhysicalAddress(.max)) == .parameterError)
        platform.structure.version = 2
        #expect(try platform.call(.register) == .parameterError)
        #expect(platform.firmware.registration == nil)
    }

    @Test("an unknown command is a parameter error, and so is every command without support")
    func commands() throws {
        var platform = try Platform()
        #expect(try platform.call(ConfigureKernelDumpCommand(rawValue: 4)) == .parameterError)
        var without = PowerFirmware(PlatformConfiguration(supportsDump: false))
        #expect(
            without.configureKernelDump(
                command: .register,
                buffer: Platform.buffer,
                length: 160,
                ram: platform.ram
            )
                == .parameterError
        )
    }

    @Test("while a dump waits, registering and unregistering are refused until it is invalidated")
    func dumpActive() throws {
        var platform = try Platform()
        _ = try platform.call(.register)
        _ = platform.dump()
        #expect(try platform.call(.register) == .dumpActive)
        #expect(try platform.call(.unregister) == .dumpActive)
        #expect(try platform.call(.invalidate) == .success)
        platform.ram.thaw(AddressRange(0, upTo: 0x8000_0000))
        #expect(try platform.call(.register) == .success)
    }

    @Test("a fault plan answers which call, how often, with which status")
    func faults() throws {
        var platform = try Platform("register=-2*2,register=-3@4,unregister=-1")
        let answers = try (0..<5).map { _ in try platform.call(.register).rawValue }
        #expect(answers == [-2, -2, 0, -3, -9])
        #expect(try platform.call(.unregister) == .hardwareError)
        #expect(platform.firmware.registration != nil)
    }

    @Test("busy is asked again after a millisecond, an extended delay after its power of ten")
    func delays() {
        #expect(RTASStatus.busy.retryDelayMilliseconds == 1)
        let delays = (0...5).map { (order: Int32) in
            RTASStatus.extendedDelay(order: order).retryDelayMilliseconds
        }
        #expect(delays == [1, 10, 100, 1000, 10000, 100_000])
        #expect(RTASStatus.hardwareError.retryDelayMilliseconds == nil)
        #expect(RTASStatus(rawValue: 9906).retryDelayMilliseconds == nil)
    }

    @Test("ibm,os-term returns unless a dump is registered, and keeps what it was told")
    func osTerm() throws {
        var platform = try Platform("os-term=-2*1")
        try platform.ram.write(Array("OS panic: test".utf8) + [0], at: 0x10_0000)
        #expect(platform.firmware.osTerm(message: 0x10_0000, ram: platform.ram) == .returns(.busy))
        #expect(platform.firmware.osTerm(message: 0x10_0000, ram: platform.ram) == .returns(.success))
        #expect(platform.firmware.terminationMessage == "OS panic: test")
        _ = try platform.call(.register)
        #expect(platform.firmware.osTerm(message: 0x10_0000, ram: platform.ram) == .dump)
    }
}
