import BinaryCodec
import CoreFile
import Testing

@Suite("NT_PRSTATUS of x86_64")
struct X86PRStatusTests {
    private func bytes(_ status: X86PRStatus) -> [UInt8] {
        var writer = BinaryWriter(.little)
        status.write(to: &writer)
        return writer.bytes
    }

    @Test("336 bytes, with every register where struct user_regs_struct has it")
    func golden() {
        var registers = X86Registers()
        for (index, name) in X86Registers.names.enumerated() { registers[name] = UInt64(index) + 0x100 }
        let written = bytes(X86PRStatus(pid: 7, registers: registers))
        #expect(written.count == 336)
        #expect(written[32] == 7)
        // r15 is the first, rip the 17th, rsp the 20th, gs the 27th and last.
        for (word, value) in [(0, 0x00), (16, 0x10), (19, 0x13), (26, 0x1a)] {
            #expect(Array(written[(112 + 8 * word)...].prefix(8)) == [UInt8(value), 1, 0, 0, 0, 0, 0, 0])
        }
        #expect(registers["rip"] == 0x110)
        #expect(registers["rsp"] == 0x113)
    }

    @Test("what is written is read again, and every shorter text is refused")
    func roundTrip() throws {
        let status = X86PRStatus(pid: -1, registers: X86Registers(words: Array(1...27)))
        let written = bytes(status)
        #expect(try X86PRStatus(parsing: written, .little) == status)
        for length in written.indices {
            #expect(throws: BinaryError.self) {
                try X86PRStatus(parsing: Array(written.prefix(length)), .little)
            }
        }
    }

    @Test("pointers of Power registers point to the same memory and text")
    func translation() {
        var power = PowerRegisters()
        var general = [UInt64](repeating: 0, count: 32)
        general[1] = 0xc000_0000_0e24_3b10
        general[3] = 0x63
        power.gpr = general
        power.nip = 0xc000_0000_0001_2340
        power.msr = 0x8000_0000_0000_9032
        let registers = X86Registers(power, .x86)
        #expect(registers["rsp"] == 0xffff_8880_0e24_3b10)
        #expect(registers["rip"] == 0xffff_ffff_8001_2340)
        #expect(registers["rdi"] == 0x63)
        #expect(registers["eflags"] == 0x202)
    }
}
