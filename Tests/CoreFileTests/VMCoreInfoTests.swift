import CoreFile
import Testing

@Suite("VMCOREINFO")
struct VMCoreInfoTests {
    private func recorded() throws -> VMCoreInfo {
        try #require(
            try NoteList(parsing: Array(Recording34.bytes[0x120...]), .big).notes.compactMap(VMCoreInfo.init)
                .first
        )
    }

    @Test("the recorded text gives its values by key and its lines in order")
    func recordedText() throws {
        let info = try recorded()
        #expect(info["OSRELEASE"] == "3.4.113-fadump")
        #expect(info["PAGESIZE"] == "65536")
        #expect(info["SYMBOL(init_uts_ns)"] == "c0000000005e4020")
        #expect(info["LENGTH(mem_section)"] == "256")
        #expect(info["CRASHTIME"] == "1795425832")
        #expect(info["SYMBOL(init_uts"] == nil)
        #expect(info.lines.first?.key == "OSRELEASE")
        #expect(info.lines.last?.key == "CRASHTIME")
    }

    @Test("the time of the crash is appended without a newline, as 3.4 does, or with one")
    func crashTime() {
        var info = VMCoreInfo(text: "PAGESIZE=65536\n")
        info.append("CRASHTIME", "1795425832", endsLine: false)
        #expect(info.text == "PAGESIZE=65536\nCRASHTIME=1795425832")
        info.append("KERNELOFFSET", "0")
        #expect(info.text == "PAGESIZE=65536\nCRASHTIME=1795425832\nKERNELOFFSET=0\n")
    }

    @Test("appending the time to the recorded text without it gives the recorded text again")
    func recordedCrashTime() throws {
        let info = try recorded()
        let cut = try #require(info.text.ranges(of: "CRASHTIME").first)
        var undated = VMCoreInfo(text: String(info.text[..<cut.lowerBound]))
        undated.append("CRASHTIME", "1795425832", endsLine: false)
        #expect(undated == info)
    }

    @Test("its note is the recorded one")
    func note() throws {
        let note = try recorded().note
        #expect(note.byteCount == 0x518)
        #expect(note.name == "VMCOREINFO")
        #expect(note.type == 0)
        #expect(VMCoreInfo(note)?.text == (try recorded().text))
    }

    @Test("a note of another name is none")
    func otherNote() {
        #expect(VMCoreInfo(ELFNote(name: "CORE", type: 1, descriptor: [])) == nil)
    }

    @Test(
        "odd lines do not lose the others: no equals sign, several, none at all, carriage returns, other letters"
    )
    func oddLines() {
        let info = VMCoreInfo(text: "ALONE\n\nA=b=c\nX=1\r\n=v\nÄ=ö\nEMPTY=\nA=second")
        #expect(info["ALONE"] == "")
        #expect(info["A"] == "b=c")
        #expect(info["X"] == "1\r")
        #expect(info[""] == "v")
        #expect(info["Ä"] == "ö")
        #expect(info["EMPTY"] == "")
        #expect(info.lines.count == 7)
    }
}
