import BinaryCodec
import CoreFile
import Testing

@Suite("The program header")
struct ProgramHeaderTests {
    /// The third and last segment of a 3.4.113 kernel's recorded core.
    static let header = ProgramHeader(
        type: .load,
        flags: 7,
        offset: 0x2400_0a50,
        virtualAddress: 0xc000_0000_1000_0000,
        physicalAddress: 0x1000_0000,
        fileSize: 0x5bff_0000,
        memorySize: 0x5bff_0000
    )
    static let bytes = Array(Recording34.bytes[0xe8..<0x120])

    @Test("is written as the recorded kernel wrote it")
    func golden() {
        var writer = BinaryWriter(.big)
        Self.header.write(to: &writer)
        #expect(writer.bytes == Self.bytes)
        #expect(writer.count == ProgramHeader.byteCount)
    }

    @Test("every field is read back, in either byte order", arguments: Endianness.allCases)
    func roundTrip(_ endianness: Endianness) throws {
        let header = ProgramHeader(
            type: SegmentType(rawValue: 0x6474_e551),
            flags: 5,
            offset: 1,
            virtualAddress: 2,
            physicalAddress: 3,
            fileSize: 4,
            memorySize: .max,
            alignment: 0x1_0000
        )
        var writer = BinaryWriter(endianness)
        header.write(to: &writer)
        var reader = BinaryReader(writer.bytes, endianness)
        #expect(try ProgramHeader(parsing: &reader) == header)
        #expect(reader.remaining == 0)
    }

    @Test("cut off anywhere, it is an error")
    func truncated() {
        for length in 0..<ProgramHeader.byteCount {
            var reader = BinaryReader(Self.bytes[..<length], .big)
            #expect(throws: BinaryError.self) { try ProgramHeader(parsing: &reader) }
        }
    }
}
