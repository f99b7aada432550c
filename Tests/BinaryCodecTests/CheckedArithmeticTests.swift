import BinaryCodec
import Testing

@Suite("Checked arithmetic")
struct CheckedArithmeticTests {
    @Test("gives the result where it fits")
    func fits() throws {
        #expect(try UInt64(2).adding(3, "sum") == 5)
        #expect(try (UInt64.max - 1).adding(1, "sum") == .max)
        #expect(try UInt64(3).subtracting(3, "rest") == 0)
        #expect(try UInt32(0x1_0000).multiplied(by: 0xffff, "area") == 0xffff_0000)
        #expect(try Int.min.adding(.max, "sum") == -1)
    }

    @Test("throws what was computed where an operator would trap")
    func overflows() {
        #expect(throws: BinaryError.overflow("end of the area")) {
            try UInt64.max.adding(1, "end of the area")
        }
        #expect(throws: BinaryError.overflow("rest")) { try UInt64(2).subtracting(3, "rest") }
        #expect(throws: BinaryError.overflow("size")) { try UInt64(1 << 40).multiplied(by: 1 << 40, "size") }
        #expect(throws: BinaryError.overflow("sum")) { try Int.max.adding(1, "sum") }
        #expect(throws: BinaryError.overflow("rest")) { try Int.min.subtracting(1, "rest") }
    }

    @Test("aligns up and down to pages")
    func alignment() {
        #expect(UInt64(0x1004_1338).alignedUp(to: 0x1_0000) == 0x1005_0000)
        #expect(UInt64(0x1005_0000).alignedUp(to: 0x1_0000) == 0x1005_0000)
        #expect(UInt64(0x6fff_1020).alignedDown(to: 0x1_0000) == 0x6fff_0000)
        #expect(UInt64(0).alignedUp(to: 4096) == 0)
        #expect(UInt64(0x2000).isAligned(to: 0x1000))
        #expect(!UInt64(0x2001).isAligned(to: 0x1000))
    }

    @Test("aligning up past the top of the address space wraps to 0, as the kernel's ALIGN does")
    func alignmentWraps() {
        #expect(UInt64.max.alignedUp(to: 0x1_0000) == 0)
    }
}
