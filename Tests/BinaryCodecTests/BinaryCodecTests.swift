import BinaryCodec
import Testing

@Suite("Binary fields")
struct BinaryCodecTests {
    @Test("numbers are written and read in the byte order asked for", arguments: Endianness.allCases)
    func numbers(endianness: Endianness) throws {
        var writer = BinaryWriter(endianness)
        writer.put(UInt8(0x01))
        writer.put(UInt16(0x0203))
        writer.put(UInt32(0x0405_0607))
        writer.put(UInt64(0x0809_0a0b_0c0d_0e0f))
        let big: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
        let little: [UInt8] = [1, 3, 2, 7, 6, 5, 4, 15, 14, 13, 12, 11, 10, 9, 8]
        #expect(writer.bytes == (endianness == .big ? big : little))
        var reader = BinaryReader(writer.bytes, endianness)
        #expect(try reader.u8("a") == 0x01)
        #expect(try reader.u16("b") == 0x0203)
        #expect(try reader.u32("c") == 0x0405_0607)
        #expect(try reader.u64("d") == 0x0809_0a0b_0c0d_0e0f)
        #expect(reader.remaining == 0)
    }

    @Test("a field that reaches beyond the end is an error naming it, at every length")
    func truncation() {
        for length in 0..<8 {
            var reader = BinaryReader(Array(repeating: UInt8(0), count: length), .big)
            #expect(throws: BinaryError.truncated(field: "word", offset: 0, needed: 8, available: length)) {
                try reader.u64("word")
            }
            #expect(reader.offset == 0)
        }
    }

    @Test("negative and oversized runs are errors, not traps")
    func runs() {
        var reader = BinaryReader([1, 2, 3] as [UInt8], .little)
        #expect(throws: BinaryError.self) { try reader.bytes(-1, "run") }
        #expect(throws: BinaryError.self) { try reader.skip(.max, "run") }
        #expect(throws: Never.self) { try reader.skip(3, "run") }
    }

    @Test("padding brings the length to a multiple")
    func padding() {
        var writer = BinaryWriter(.big)
        writer.put([1, 2, 3, 4, 5] as [UInt8])
        writer.pad(toMultipleOf: 4)
        #expect(writer.bytes == [1, 2, 3, 4, 5, 0, 0, 0])
        writer.pad(toMultipleOf: 4)
        #expect(writer.count == 8)
    }

    @Test("checked arithmetic throws where operators would trap; alignment wraps as the kernel's does")
    func arithmetic() throws {
        #expect(throws: BinaryError.overflow("sum")) { try UInt64.max.adding(1, "sum") }
        #expect(throws: BinaryError.overflow("difference")) { try UInt8(1).subtracting(2, "difference") }
        #expect(throws: BinaryError.overflow("product")) { try UInt64.max.multiplied(by: 2, "product") }
        #expect(try UInt64(2).adding(3, "sum") == 5)
        #expect(UInt64(0x10041338).alignedUp(to: 0x10000) == 0x10050000)
        #expect(UInt64(0x10041338).alignedDown(to: 0x1000) == 0x10041000)
        #expect(UInt64.max.alignedUp(to: 0x1000) == 0)
        #expect(UInt64(0x2000).isAligned(to: 0x1000))
    }
}
