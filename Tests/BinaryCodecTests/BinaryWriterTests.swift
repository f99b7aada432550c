import BinaryCodec
import Testing

@Suite("The binary writer")
struct BinaryWriterTests {
    @Test("writes fields of every width in big-endian order")
    func bigEndian() {
        var writer = BinaryWriter(.big)
        writer.put(UInt8(0x01))
        writer.put(UInt16(0x0203))
        writer.put(UInt32(0x0405_0607))
        writer.put(UInt64(0x0809_0a0b_0c0d_0e0f))
        #expect(writer.bytes == Array(1...15))
        #expect(writer.count == 15)
    }

    @Test("writes fields of every width in little-endian order")
    func littleEndian() {
        var writer = BinaryWriter(.little)
        writer.put(UInt8(0x01))
        writer.put(UInt16(0x0302))
        writer.put(UInt32(0x0706_0504))
        writer.put(UInt64(0x0f0e_0d0c_0b0a_0908))
        #expect(writer.bytes == Array(1...15))
    }

    @Test("writes runs of bytes as they are, in either order", arguments: Endianness.allCases)
    func runs(_ endianness: Endianness) {
        var writer = BinaryWriter(endianness)
        writer.put([1, 2, 3] as [UInt8])
        #expect(writer.bytes == [1, 2, 3])
    }

    @Test("pads to a multiple and not beyond it")
    func padding() {
        var writer = BinaryWriter(.big)
        writer.pad(toMultipleOf: 8)
        #expect(writer.count == 0)
        writer.put(UInt8(0xff))
        writer.pad(toMultipleOf: 4)
        #expect(writer.bytes == [0xff, 0, 0, 0])
        writer.pad(toMultipleOf: 4)
        #expect(writer.count == 4)
        writer.pad(toMultipleOf: 0)
        writer.pad(-3)
        #expect(writer.count == 4)
        writer.pad(2)
        #expect(writer.bytes == [0xff, 0, 0, 0, 0, 0])
    }

    @Test("what it writes, the reader reads back", arguments: Endianness.allCases)
    func roundTrip(_ endianness: Endianness) throws {
        var writer = BinaryWriter(endianness)
        writer.put(UInt8.max)
        writer.put(UInt16.max - 1)
        writer.put(UInt32.max - 2)
        writer.put(UInt64.max - 3)
        var reader = BinaryReader(writer.bytes, endianness)
        #expect(try reader.u8("a") == .max)
        #expect(try reader.u16("b") == .max - 1)
        #expect(try reader.u32("c") == .max - 2)
        #expect(try reader.u64("d") == .max - 3)
    }
}
