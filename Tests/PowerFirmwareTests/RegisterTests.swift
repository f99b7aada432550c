import BinaryCodec
import PowerFirmware
import Testing

@Suite("Registers and save areas")
struct RegisterTests {
    @Test("identifiers are ASCII from the most significant byte on")
    func identifiers() {
        #expect(RegisterIdentifier("GPR05").rawValue == 0x4750_5230_3500_0000)
        #expect(RegisterIdentifier.cpuStart.rawValue == 0x4350_5553_5452_5400)
        #expect(RegisterIdentifier.cpuEnd.rawValue == 0x4350_5545_4e44_0000)
        #expect(RegisterIdentifier("MMCRA").rawValue == 0x4d4d_4352_4100_0000)
        #expect(RegisterIdentifier("PMC6").rawValue == 0x504d_4336_0000_0000)
        #expect(RegisterIdentifier(rawValue: 0x4453_4953_5200_0000) == .dsisr)
        for register in CPUModel.power7.registers { #expect(RegisterIdentifier(register.name) == register) }
    }

    @Test("a POWER6 saves 174 entries with start and end, a POWER7 with VSX 302; each fits its room")
    func counts() {
        #expect(CPUModel.power6.registers.count + 2 == 174)
        #expect(CPUModel.power7.registers.count + 2 == 302)
        for model in CPUModel.allCases {
            #expect(Set(model.registers).count == model.registers.count)
            #expect(model.registers.count + 2 <= model.entriesPerCPU)
        }
    }

    @Test("groups of registers are ascending and not interrupted, high halves before low ones")
    func order() {
        let names = CPUModel.power7.registers.map(\.name)
        let general = (0..<32).map { index -> String in index < 10 ? "GPR0\(index)" : "GPR\(index)" }
        #expect(Array(names[..<32]) == general)
        #expect(names[64] == "VR00_HI")
        #expect(names[65] == "VR00_LO")
        #expect(names[128 + 126] == "VSR63_HI")
    }

    @Test("a CPU's registers follow from model, id and seed alone")
    func deterministic() {
        let one = CPUState(logicalID: 3, model: .power6, seed: 7)
        #expect(one.saved == CPUState(logicalID: 3, model: .power6, seed: 7).saved)
        #expect(one.saved != CPUState(logicalID: 3, model: .power6, seed: 8).saved)
        #expect(one.saved != CPUState(logicalID: 4, model: .power6, seed: 7).saved)
        #expect(one[.msr] == 0x8000_0000_0000_9032)
        #expect(one[.nia] >> 56 == 0xc0)
    }

    private static func bytes(_ cpus: [SavedCPU], countOffset: UInt32 = RegisterSaveArea.countOffset)
        -> [UInt8]
    {
        var writer = BinaryWriter(.big)
        let order = [RegisterIdentifier.gpr(0), .nia]
        RegisterSaveArea(cpus: cpus).write(to: &writer, order: order, countOffset: countOffset)
        return writer.bytes
    }

    private static let cpus = [
        SavedCPU(logicalID: 0, registers: [.gpr(0): 0x11, .nia: 0xc000_0000_0000_0100]),
        SavedCPU(logicalID: 5, registers: [.gpr(0): 0x22, .nia: 0xc000_0000_0000_0200]),
    ]

    @Test("the register save area has the layout of the specification, byte for byte")
    func golden() {
        let golden: [UInt8] = [
            0x52, 0x45, 0x47, 0x53, 0x41, 0x56, 0x45, 0, 0, 0, 0, 0, 0, 0, 0, 0x1c,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2,
            0x43, 0x50, 0x55, 0x53, 0x54, 0x52, 0x54, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0x47, 0x50, 0x52, 0x30, 0x30, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x11,
            0x4e, 0x49, 0x41, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 1, 0,
            0x43, 0x50, 0x55, 0x45, 0x4e, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        ]
        #expect(Array(Self.bytes(Self.cpus).prefix(golden.count)) == golden)
    }

    @Test("a save area survives a round trip, wherever its header has the number of CPUs")
    func roundTrip() throws {
        #expect(try RegisterSaveArea(parsing: Self.bytes(Self.cpus)).cpus == Self.cpus)
        #expect(try RegisterSaveArea(parsing: Self.bytes(Self.cpus, countOffset: 0x10)).cpus == Self.cpus)
    }

    @Test("a save area cut short at any length, with bad magic or no start of a CPU, is an error of its kind")
    func damaged() {
        let bytes = Self.bytes(Self.cpus)
        for length in 0..<bytes.count {
            #expect(throws: RegisterSaveArea.Failure.self) {
                try RegisterSaveArea(parsing: Array(bytes.prefix(length)))
            }
        }
        var magic = bytes
        magic[0] = 0
        #expect(throws: RegisterSaveArea.Failure.badMagic(0x0045_4753_4156_4500)) {
            try RegisterSaveArea(parsing: magic)
        }
        var start = bytes
        start[0x20] = 0
        #expect(throws: RegisterSaveArea.Failure.noCPUStart(at: 0x20)) {
            try RegisterSaveArea(parsing: start)
        }
    }

    @Test("the HPTE save area maps the real mode area, fits its section and survives a round trip")
    func hptes() throws {
        let area = HPTESaveArea(mapping: 256 << 20, within: 0x1000)
        #expect(area.entries.count == 16)
        #expect(area.entries.allSatisfy { $0.dword0 & 1 == 1 })
        #expect(HPTESaveArea(mapping: 64 << 30, within: 0x1000).entries.count == 169)
        var writer = BinaryWriter(.big)
        area.write(to: &writer)
        let start: [UInt8] = [0x48, 0x50, 0x54, 0x45, 0x53, 0x41, 0x56, 0x45, 0, 0, 0, 0, 0, 0, 0, 0x18]
        #expect(Array(writer.bytes.prefix(16)) == start)
        #expect(try HPTESaveArea(parsing: writer.bytes) == area)
        for length in 0..<writer.count {
            #expect(throws: BinaryError.self) {
                try HPTESaveArea(parsing: Array(writer.bytes.prefix(length)))
            }
        }
    }
}
