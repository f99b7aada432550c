import BinaryCodec
import CoreFile
import Testing

@Suite("NT_PRSTATUS and the registers")
struct PRStatusTests {
    /// The crashing CPU of a 3.4.113 kernel: the contents of its recorded note.
    private let recorded = Array(Recording34.bytes[0x134..<0x32c])

    @Test("the registers of the recorded crash are found under their names")
    func recordedRegisters() throws {
        let status = try PRStatus(parsing: recorded, .big)
        let registers = status.registers
        #expect(status.pid == 0)
        #expect(registers.gpr[0] == 0xc000_0000_0021_05a8)
        #expect(registers.gpr[1] == 0xc000_0000_0e24_3b10)
        #expect(registers.gpr[31] == 0x63)
        #expect(registers.nip == 0xc000_0000_0020_fdfc)
        #expect(registers.msr == 0x8000_0000_0000_9032)
        #expect(registers.originalGPR3 == 0xc000_0000_0000_48bc)
        #expect(registers.ctr == 0xc000_0000_0020_fde0)
        #expect(registers.link == 0xc000_0000_0021_05cc)
        #expect(registers.xer == 0)
        #expect(registers.ccr == 0x2800_4284)
        #expect(registers.softe == 0)
        #expect(registers.trap == 0x300)
        #expect(registers.dar == 0)
        #expect(registers.dsisr == 0x4200_0000)
        #expect(registers.result == 0)
    }

    @Test("the recorded note is written back byte for byte")
    func golden() throws {
        let note = try PRStatus(parsing: recorded, .big).note(.big)
        var writer = BinaryWriter(.big)
        note.write(to: &writer)
        #expect(writer.bytes == Array(Recording34.bytes[0x120..<0x32c]))
        #expect(note.byteCount == 0x20c)
    }

    @Test("every word and the process id are read back, in either byte order", arguments: Endianness.allCases)
    func roundTrip(_ endianness: Endianness) throws {
        let status = PRStatus(pid: -2, registers: registers(cpu: 3))
        let note = status.note(endianness)
        #expect(note.descriptor.count == PRStatus.byteCount)
        #expect(try PRStatus(parsing: note.descriptor, endianness) == status)
    }

    @Test("the process id is at 0x20 and the registers begin at 0x70")
    func places() {
        let descriptor = PRStatus(pid: 0x0102_0304, registers: registers(cpu: 0)).note(.big).descriptor
        #expect(Array(descriptor[0x20..<0x24]) == [1, 2, 3, 4])
        #expect(Array(descriptor[0x78..<0x80]) == [0xc0, 0xde, 0, 0, 0, 0, 0, 1])
    }

    @Test("cut off anywhere, it is an error")
    func truncated() {
        for length in 0..<PRStatus.byteCount {
            #expect(throws: BinaryError.self) { try PRStatus(parsing: Array(recorded[..<length]), .big) }
        }
    }

    @Test("a name and its word are the same register")
    func names() {
        var registers = PowerRegisters()
        registers.gpr[3] = 33
        registers.nip = 1
        registers.msr = 2
        registers.originalGPR3 = 3
        registers.ctr = 4
        registers.link = 5
        registers.xer = 6
        registers.ccr = 7
        registers.softe = 8
        registers.trap = 9
        registers.dar = 10
        registers.dsisr = 11
        registers.result = 12
        #expect(registers.words[3] == 33)
        #expect(Array(registers.words[32..<44]) == Array(1...12))
        #expect(registers.words.count == 48)
        #expect(PowerRegisters(words: registers.words) == registers)
    }

    @Test("words that were not given are 0, those beyond the 48th are dropped")
    func wordCounts() {
        #expect(PowerRegisters(words: []) == PowerRegisters())
        let full = PowerRegisters(words: Array(0..<60))
        #expect(full.words == Array(0..<48))
        #expect(full.words(count: 44) == Array(0..<44))
        #expect(full.words(count: 100).count == 48)
        #expect(full.words(count: -1).isEmpty)
    }

    @Test("more or fewer than 32 general registers change no other register")
    func generalRegisters() {
        var registers = PowerRegisters()
        registers.nip = 7
        registers.gpr = Array(repeating: 1, count: 40)
        #expect(registers.nip == 7)
        registers.gpr = [5]
        #expect(registers.gpr[..<2] == [5, 1])
    }
}
