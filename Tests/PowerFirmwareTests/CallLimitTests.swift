import BinaryCodec
import PhysicalMemory
import PowerFirmware
import Testing

@Suite("Calls at the edges of memory")
struct CallLimitTests {
    @Test("a buffer may end where the real mode area ends")
    func lastBuffer() throws {
        var platform = try Platform()
        let last = PhysicalAddress((256 << 20) - 160)
        try platform.ram.write(platform.structure.bytes, at: last)
        #expect(try platform.call(.register, buffer: last) == .success)
    }

    @Test("a buffer in a hole of the real mode area cannot be read: a hardware error")
    func hole() throws {
        var platform = try Platform()
        platform.ram = try PhysicalRAM(
            map: MemoryMap([AddressRange(0, upTo: 0x100_0000), AddressRange(0x200_0000, upTo: 0x8000_0000)])
        )
        #expect(try platform.call(.register, buffer: 0x100_0000) == .hardwareError)
        #expect(try platform.call(.register, buffer: 0xff_fff8) == .hardwareError)
        #expect(platform.firmware.registration == nil)
    }

    @Test("sections that lie in the header are a parameter error")
    func sectionsInHeader() throws {
        var platform = try Platform()
        var bytes = platform.structure.bytes
        bytes[11] = 0
        try platform.ram.write(bytes, at: 0x10_0000)
        #expect(try platform.call(.register, buffer: 0x10_0000) == .parameterError)
        #expect(throws: BinaryError.self) { try DumpMemoryStructure(parsing: bytes) }
    }

    @Test("status, error flags and bytes dumped are firmware's to fill, whatever was registered")
    func cleared() throws {
        var platform = try Platform()
        platform.structure.statusFlags = .error
        platform.structure.sections[0].errorFlags = .invalidSource
        platform.structure.sections[0].bytesDumped = 7
        _ = try platform.call(.register)
        let registration = try #require(platform.firmware.registration)
        #expect(registration.statusFlags == [])
        #expect(registration.sections[0].errorFlags == [])
        #expect(registration.sections[0].bytesDumped == 0)
    }

    @Test("a text at the end of memory is read as far as memory goes, one outside is none")
    func lastText() throws {
        var platform = try Platform()
        try platform.ram.write(Array("OS panic: last".utf8), at: 0x7fff_fff2)
        _ = platform.firmware.osTerm(message: 0x7fff_fff2, ram: platform.ram)
        #expect(platform.firmware.terminationMessage == "OS panic: last")
        _ = platform.firmware.osTerm(message: 0x8000_0000, ram: platform.ram)
        #expect(platform.firmware.terminationMessage == nil)
        _ = platform.firmware.osTerm(message: PhysicalAddress(.max), ram: platform.ram)
        #expect(platform.firmware.terminationMessage == nil)
    }

    @Test("power off forgets the last text")
    func powerOff() throws {
        var platform = try Platform()
        try platform.ram.write(Array("OS panic: x".utf8), at: 0x10_0000)
        _ = platform.firmware.osTerm(message: 0x10_0000, ram: platform.ram)
        platform.firmware.powerOff()
        #expect(platform.firmware.terminationMessage == nil)
    }

    @Test("the tokens of the calls are cells of /rtas")
    func tokens() {
        let tree = PowerFirmware(PlatformConfiguration()).deviceTree
        func value(_ name: String) -> [UInt8]? { tree.first { $0.name == name }?.value }
        #expect(value("ibm,configure-kernel-dump") == [0, 0, 0x20, 0x23])
        #expect(value("ibm,os-term") == [0, 0, 0x20, 0x1f])
    }

    @Test("a status is described by its number and in words")
    func descriptions() {
        #expect(RTASStatus.success.description == "success (0)")
        #expect(RTASStatus.parameterError.description == "parameter error (-3)")
        #expect(RTASStatus.alreadyRegistered.description == "dump already registered (-9)")
        #expect(RTASStatus.extendedDelay(order: 2).description == "extended delay of 100 ms (9902)")
        #expect(RTASStatus(rawValue: -7).description == "unknown status (-7)")
    }
}
