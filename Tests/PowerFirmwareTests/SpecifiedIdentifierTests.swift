import PowerFirmware
import Testing

@Suite("Registers that are saved, against the specification")
struct SpecifiedIdentifierTests {
    @Test("a POWER6 saves exactly the identifiers of the specification that it has")
    func power6() {
        #expect(SpecifiedIdentifiers.power6.count == 172)
        let saved = CPUModel.power6.registers.map(\.rawValue)
        #expect(saved.sorted() == SpecifiedIdentifiers.power6.sorted())
    }

    @Test("a POWER7 saves the vector-scalar registers besides")
    func power7() {
        #expect(SpecifiedIdentifiers.vectorScalar.count == 128)
        let saved = CPUModel.power7.registers.map(\.rawValue)
        let specified = SpecifiedIdentifiers.power6 + SpecifiedIdentifiers.vectorScalar
        #expect(saved.sorted() == specified.sorted())
    }

    @Test(
        "a register of four bytes leaves the reserved half of its entry zero",
        arguments: [
            "CR", "CTRL", "DEC", "DSISR", "PID", "PIR", "PMC1", "PMC2", "PMC3", "PMC4", "PMC5", "PMC6", "PVR",
            "VRSAVE", "VSCR",
        ]
    )
    func shortRegisters(name: String) {
        for seed: UInt64 in 1...8 {
            let cpu = CPUState(logicalID: 1, model: .power6, seed: seed)
            #expect(cpu[RegisterIdentifier(name)] >> 32 == 0)
        }
    }

    @Test("vector-scalar registers show the floating-point and vector registers that they contain")
    func overlay() {
        let cpu = CPUState(logicalID: 2, model: .power7, seed: 1)
        func value(_ name: String) -> UInt64 { cpu[RegisterIdentifier(name)] }
        #expect(value("VSR00_HI") == value("FPR00"))
        #expect(value("VSR31_HI") == value("FPR31"))
        #expect(value("VSR32_HI") == value("VR00_HI"))
        #expect(value("VSR63_LO") == value("VR31_LO"))
        #expect(CPUState(logicalID: 2, model: .power6, seed: 1)[RegisterIdentifier("VSR00_HI")] == 0)
    }
}
