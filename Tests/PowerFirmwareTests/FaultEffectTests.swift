import PhysicalMemory
import PowerFirmware
import Testing

@Suite("What a fault plan does to a dump")
struct FaultEffectTests {
    private func dump(_ faults: String) throws -> DumpMemoryStructure {
        var platform = try Platform(faults)
        _ = try platform.call(.register)
        _ = platform.dump()
        return try #require(platform.firmware.waitingDump)
    }

    @Test(
        "error flags stand in the section that was named and in no other",
        arguments: [("cpu-section", 0), ("hpte-section", 1), ("dump-section", 2)]
    )
    func flags(section: String, index: Int) throws {
        let dump = try dump("\(section)=0x4800")
        for (at, section) in dump.sections.enumerated() {
            #expect(section.errorFlags.rawValue == (at == index ? 0x4800 : 0))
        }
    }

    @Test("a short section lacks as many bytes, an empty one all of them")
    func lengths() throws {
        #expect(try dump("dump-section=short:0x1000").sections[2].bytesDumped == 0xfff_f000)
        #expect(try dump("hpte-section=short:0x2000").sections[1].bytesDumped == 0)
        #expect(try dump("cpu-section=empty").sections.map(\.bytesDumped) == [0, 0x1000, 0x1000_0000])
    }

    @Test("a corrupt save area says nothing in its section and has a bad magic in memory")
    func corrupt() throws {
        var platform = try Platform("cpu-section=corrupt")
        _ = try platform.call(.register)
        _ = platform.dump()
        #expect(platform.firmware.waitingDump?.sections[0].errorFlags == [])
        let bytes = try platform.ram.read(at: 0x6ffb_0000, count: 0x40020)
        #expect(throws: RegisterSaveArea.Failure.badMagic(0)) { try RegisterSaveArea(parsing: bytes) }
    }

    @Test("a dump that fails as a whole has the error status alone")
    func whole() throws {
        #expect(try dump("dump=error").statusFlags.rawValue == 0x2000)
    }

    @Test("a rule with a first call and a count holds for those calls only")
    func window() throws {
        var platform = try Platform("invalidate=-1@2*2")
        let answers = try (0..<4).map { _ in try platform.call(.invalidate).rawValue }
        #expect(answers == [0, -1, -1, 0])
    }

    @Test(
        "a plan is described in the words it is written in",
        arguments: [
            "register=-2*3", "register=9901", "register=-3@2*4", "register=-2*2,register=-1@5*1",
            "unregister=-1,invalidate=-1,os-term=-2*2", "cpu-section=0x4000", "dump-section=short:0x1000",
            "hpte-section=empty", "cpu-section=corrupt,dump=error",
        ]
    )
    func description(text: String) throws {
        let plan = try FaultPlan(parsing: text)
        #expect(plan.description == text)
        #expect(try FaultPlan(parsing: plan.description) == plan)
    }

    @Test("one call alone may be written without its count")
    func singleCall() throws {
        #expect(try FaultPlan(parsing: "register=-3@2").description == "register=-3@2*1")
        #expect(FaultPlan().description == "")
    }
}
