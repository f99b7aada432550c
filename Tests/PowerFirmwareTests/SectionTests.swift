import BinaryCodec
import PhysicalMemory
import PowerFirmware
import SystemPackage
import Testing

@Suite("Sections beyond the three of the design document")
struct SectionTests {
    private let text = Array("told by the kernel".utf8)

    @Test(
        "what the operating system names for itself, or names itself with, is saved to its destination",
        arguments: [0x0012, 0x0100, 0xffff] as [UInt16]
    )
    func ownSections(type: UInt16) throws {
        var platform = try Platform()
        try platform.ram.write(text, at: 0x2000_0000)
        platform.structure.sections.append(
            DumpSection(
                sourceDataType: .init(rawValue: type),
                sourceAddress: 0x2000_0000,
                sourceLength: UInt64(text.count),
                destinationAddress: 0x3000_0000
            )
        )
        #expect(try platform.call(.register) == .success)
        _ = platform.dump()
        let section = try #require(platform.firmware.waitingDump?.sections.last)
        #expect(section.errorFlags == [])
        #expect(section.bytesDumped == UInt64(text.count))
        #expect(try platform.ram.read(at: 0x3000_0000, count: text.count) == text)
        #expect(try platform.ram.read(at: 0x2000_0000, count: text.count) == text)
        #expect(throws: Errno.notPermitted) { try platform.ram.write([1], at: 0x3000_0000) }
    }

    @Test("a section of the operating system's own that is no memory is flagged, and so is its destination")
    func ownSectionsOutside() throws {
        var platform = try Platform()
        for (source, destination) in [(0x9000_0000, 0x3000_0000), (0x2000_0000, 0x9000_0000)] {
            platform.structure.sections.append(
                DumpSection(
                    sourceDataType: .init(rawValue: 0x100),
                    sourceAddress: UInt64(source),
                    sourceLength: 0x800,
                    destinationAddress: UInt64(destination)
                )
            )
        }
        _ = try platform.call(.register)
        _ = platform.dump()
        let sections = try #require(platform.firmware.waitingDump?.sections)
        #expect(sections[3].errorFlags == .invalidSource)
        #expect(sections[4].errorFlags == .invalidDestination)
        #expect(sections[3...].allSatisfy { $0.bytesDumped == 0 })
    }

    @Test(
        "a section whose destination overlaps its source arrives whole",
        arguments: [0x8_0000, -0x8_0000]
    )
    func overlapping(distance: Int) throws {
        var platform = try Platform()
        let pattern = (0..<0x18_0000).map { UInt8(truncatingIfNeeded: $0 / 251) }
        try platform.ram.write(pattern, at: 0x2000_0000)
        let destination = UInt64(0x2000_0000 + distance)
        platform.structure.sections.append(
            DumpSection(
                sourceDataType: .init(rawValue: 0x100),
                sourceAddress: 0x2000_0000,
                sourceLength: UInt64(pattern.count),
                destinationAddress: destination
            )
        )
        _ = try platform.call(.register)
        _ = platform.dump()
        let saved = try platform.ram.read(at: PhysicalAddress(destination), count: pattern.count)
        #expect(saved == pattern)
    }

    @Test("copying memory that was never written takes no storage, and clears the destination")
    func sparse() throws {
        var platform = try Platform()
        try platform.ram.write(text, at: 0x4000_0000)
        platform.structure.sections.append(
            DumpSection(
                sourceDataType: .init(rawValue: 0x100),
                sourceAddress: 0x2000_0000,
                sourceLength: 0x40_0000,
                destinationAddress: 0x4000_0000
            )
        )
        _ = try platform.call(.register)
        _ = platform.dump()
        #expect(try platform.ram.read(at: 0x4000_0000, count: text.count).allSatisfy { $0 == 0 })
        #expect(platform.ram.allocated < 1 << 20)
    }

    @Test("more HPTEs than a platform has are flagged, where it has none as well")
    func noHPTEs() throws {
        var platform = try Platform()
        platform.firmware = PowerFirmware(PlatformConfiguration(hpteSize: 0))
        _ = try platform.call(.register)
        _ = platform.dump()
        let section = try #require(platform.firmware.waitingDump?.sections[1])
        #expect(section.errorFlags == .lengthExceedsSource)
        #expect(section.bytesDumped == 0)
    }

    @Test("an empty HPTE section on a platform without HPTEs is no error")
    func emptyHPTEs() throws {
        var platform = try Platform()
        platform.firmware = PowerFirmware(PlatformConfiguration(hpteSize: 0))
        platform.structure.sections[1].sourceLength = 0
        _ = try platform.call(.register)
        _ = platform.dump()
        #expect(platform.firmware.waitingDump?.sections[1].errorFlags == [])
    }

    @Test("an HPTE maps a page of 16 MB in the terabyte segment of the real mode area, byte for byte")
    func goldenHPTE() {
        var writer = BinaryWriter(.big)
        HPTESaveArea(mapping: 32 << 20, within: 0x1000).write(to: &writer)
        // The second entry: group of its hash, then B = 1, the segment 0x1ffffff, page 0x1000000, bolted, large, valid.
        let golden: [UInt8] = [
            0x00, 0x00, 0x00, 0x00, 0x00, 0x0f, 0xff, 0xf0,
            0x40, 0x01, 0xff, 0xff, 0xff, 0x00, 0x01, 0x15,
            0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01, 0x90,
        ]
        #expect(Array(writer.bytes.dropFirst(0x20 + 24)) == golden)
    }
}
