import BinaryCodec
import PowerFirmware
import Testing

@Suite("The dump memory structure")
struct DumpStructureTests {
    /// `ibm,kernel-dump` of a 3.4.113 kernel's machine after a crash, as recorded.
    static let recorded: [UInt8] = {
        let rows = [
            "000000010003c000 0000002800000000", "0000000000000000 0000000000000000",
            "0000000000000000 0000000100010000", "0000000000000000 0000000000000a00",
            "0000000000000a00 000000006bff0000", "0000000100020000 0000000000000000",
            "0000000000000000 0000000000000000", "000000006bff0a00 0000000100110000",
            "0000000000000000 0000000014000000", "0000000014000000 000000006bff0a00",
        ]
        let digits = Array(rows.joined().filter(\.isHexDigit).compactMap(\.hexDigitValue))
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }()

    @Test("a recorded structure is read field by field and written back byte for byte")
    func golden() throws {
        let structure = try DumpMemoryStructure(parsing: Self.recorded)
        #expect(structure.version == 1)
        #expect(structure.statusFlags == [.performed, .triggered])
        #expect(structure.sections.map(\.sourceDataType) == [.cpuState, .hpte, .realModeRegion])
        #expect(structure.sections[0].bytesDumped == 0xa00)
        #expect(structure.sections[2].sourceLength == 0x1400_0000)
        #expect(structure.sections[2].destinationAddress == 0x6bff_0a00)
        #expect(structure.byteCount == 160)
        #expect(structure.bytes == Self.recorded)
    }

    @Test("a structure cut short at any length, or with more than ten sections, is an error")
    func damaged() {
        for length in 0..<Self.recorded.count {
            #expect(throws: BinaryError.self) {
                try DumpMemoryStructure(parsing: Array(Self.recorded.prefix(length)))
            }
        }
        var many = Self.recorded
        many[5] = 11
        #expect(throws: BinaryError.self) { try DumpMemoryStructure(parsing: many) }
        var far = Self.recorded
        far.replaceSubrange(8..<12, with: [0xff, 0xff, 0xff, 0xff])
        #expect(throws: BinaryError.self) { try DumpMemoryStructure(parsing: far) }
    }
}

@Suite("Fault plans")
struct FaultPlanTests {
    @Test(
        "what cannot be read is refused with the text that is wrong",
        arguments: [
            "", "register", "register=", "register=0", "register=x", "register=-1*0", "register=-1@x",
            "explode=-1", "hpte-section=corrupt", "cpu-section=short:", "dump=fine", "cpu-section=0x10000",
        ]
    )
    func refused(text: String) {
        #expect(throws: FaultPlan.Failure.self) { try FaultPlan(parsing: text) }
    }

    @Test(
        "what can be written is read",
        arguments: [
            "register=-2*3", "register=-3@2", "os-term=9901,invalidate=-1", "cpu-section=corrupt",
            "dump-section=short:0x1000", "hpte-section=empty", "dump=error",
        ]
    )
    func accepted(text: String) {
        #expect(throws: Never.self) { try FaultPlan(parsing: text) }
    }
}
