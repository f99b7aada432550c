import PhysicalMemory
import PowerFirmware
import SystemPackage
import Testing

@Suite("Taking a dump")
struct TakingDumpTests {
    private let text = Array("what the kernel knew".utf8)

    @Test(
        "boot memory shows at its destination, the rest stays in place, the next kernel gets fresh boot memory"
    )
    func preserves() throws {
        var platform = try Platform()
        try platform.ram.write(text, at: 0x0fff_fff8)
        try platform.ram.write(text, at: 0x5000_0000)
        _ = try platform.call(.register)
        let events = platform.dump()
        let ram = platform.ram
        let copy = PhysicalAddress(0x6fff_1020 + 0x0fff_fff8)
        #expect(try ram.read(at: copy, count: 8) == Array(text[..<8]))
        #expect(try ram.read(at: 0x1000_0000, count: 12) == Array(text[8...]))
        #expect(try ram.read(at: 0x5000_0000, count: text.count) == text)
        #expect(try ram.read(at: 0x0fff_fff8, count: 8) == Array(repeating: 0, count: 8))
        #expect(throws: Errno.notPermitted) { try ram.write([1], at: 0x5000_0000) }
        #expect(throws: Never.self) { try ram.write([1], at: 0x100) }
        #expect(
            events.map(\.kind) == [
                "section-saved", "section-saved", "section-saved", "hardware-reset", "memory-preserved",
                "bootloader-launched",
            ]
        )
        #expect(platform.ram.allocated < 1 << 20)
    }

    @Test("the presented structure says performed and triggered, and every section its length")
    func presented() throws {
        var platform = try Platform()
        _ = try platform.call(.register)
        _ = platform.dump()
        let dump = try #require(platform.firmware.waitingDump)
        #expect(dump.statusFlags.rawValue == 0xc000)
        #expect(dump.sections.map(\.bytesDumped) == [0x40020, 0x1000, 0x1000_0000])
        #expect(dump.sections.allSatisfy { $0.errorFlags.isEmpty })
        let area = try RegisterSaveArea(parsing: platform.ram.read(at: 0x6ffb_0000, count: 0x40020))
        #expect(area.cpus.map(\.logicalID) == [0, 1])
        #expect(area.cpus[0].registers.count == CPUModel.power6.registers.count)
        #expect(
            try HPTESaveArea(parsing: platform.ram.read(at: 0x6fff_0020, count: 0x1000)).entries.count == 16
        )
        let property = try #require(platform.firmware.deviceTree.first { $0.name == "ibm,kernel-dump" })
        #expect(property.value == dump.bytes)
    }

    @Test(
        "what cannot be saved stands in the section's error flags, and the dump is presented all the same",
        arguments: [
            (0, UInt64(0x9000_0000), UInt64(0x40020), SectionErrorFlags.invalidDestination),
            (0, 0x6ffb_0000, 0x50000, .lengthExceedsSource), (0, 0x6ffb_0000, 0x100, .destinationTooSmall),
            (2, 0x9000_0000, 0x1000_0000, .invalidDestination),
            (2, 0x6fff_1020, 0x1_0000_0000, .invalidSource),
        ] as [(Int, UInt64, UInt64, SectionErrorFlags)]
    )
    func sectionErrors(index: Int, destination: UInt64, length: UInt64, flags: SectionErrorFlags) throws {
        var platform = try Platform()
        platform.structure.sections[index].destinationAddress = destination
        platform.structure.sections[index].sourceLength = length
        _ = try platform.call(.register)
        _ = platform.dump()
        let section = try #require(platform.firmware.waitingDump?.sections[index])
        #expect(section.errorFlags == flags)
        #expect(section.bytesDumped == 0)
    }

    @Test("an unknown data type is flagged, one of the operating system's own stays in place")
    func dataTypes() throws {
        var platform = try Platform()
        platform.structure.sections[1].sourceDataType = .init(rawValue: 0x33)
        platform.structure.sections.append(
            DumpSection(
                sourceDataType: .init(rawValue: 0x100),
                sourceAddress: 0x7fff_f800,
                sourceLength: 0x800,
                destinationAddress: 0x7fff_f800
            )
        )
        _ = try platform.call(.register)
        _ = platform.dump()
        let sections = try #require(platform.firmware.waitingDump?.sections)
        #expect(sections[1].errorFlags == .invalidDataType)
        #expect(sections[3].bytesDumped == 0x800)
    }

    @Test("a waiting dump survives resets and ends with the power; a registration ends with the reset")
    func resets() throws {
        var platform = try Platform()
        _ = try platform.call(.register)
        platform.firmware.reset(keepingDump: true)
        #expect(platform.firmware.registration == nil)
        _ = try platform.call(.register)
        _ = platform.dump()
        platform.firmware.reset(keepingDump: true)
        #expect(platform.firmware.waitingDump != nil)
        platform.firmware.powerOff()
        #expect(platform.firmware.waitingDump == nil)
    }

    @Test("/rtas says sizes and versions in exact big-endian cells")
    func deviceTree() {
        let firmware = PowerFirmware(PlatformConfiguration())
        func value(_ name: String) -> [UInt8]? { firmware.deviceTree.first { $0.name == name }?.value }
        #expect(firmware.cpuSectionSize == 0x40020)
        #expect(
            value("ibm,configure-kernel-dump-sizes")
                == [0, 0, 0, 1, 0, 0, 0, 0, 0, 4, 0, 0x20, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0x10, 0]
        )
        #expect(value("ibm,configure-kernel-dump-version") == [0, 1, 0, 1])
        #expect(value("ibm,configure-kernel-dump")?.count == 4)
        #expect(value("ibm,extended-os-term") == [])
        #expect(value("ibm,kernel-dump") == nil)
        let without = PowerFirmware(PlatformConfiguration(supportsDump: false))
        #expect(without.deviceTree.map(\.name) == ["ibm,os-term", "ibm,extended-os-term"])
    }
}
