import BinaryCodec
import CoreFile
import Testing

@Suite("ELF structures")
struct StructureTests {
    @Test("header and program header survive a round trip", arguments: Endianness.allCases)
    func roundTrip(endianness: Endianness) throws {
        let header = ELFHeader(endianness: endianness, machine: .ppc64, flags: 2, programHeaderCount: 3)
        var writer = BinaryWriter(.big)
        header.write(to: &writer)
        #expect(writer.count == ELFHeader.byteCount)
        #expect(try ELFHeader(parsing: writer.bytes) == header)
        let segment = ProgramHeader(
            type: .load, flags: 7, offset: 1, virtualAddress: 2, physicalAddress: 3, fileSize: 4, memorySize: 5,
            alignment: 6)
        var second = BinaryWriter(endianness)
        segment.write(to: &second)
        #expect(second.count == ProgramHeader.byteCount)
        var reader = BinaryReader(second.bytes, endianness)
        #expect(try ProgramHeader(parsing: &reader) == segment)
    }

    @Test("a header cut short at any length is an error that says so")
    func truncatedHeader() {
        for length in 0..<ELFHeader.byteCount {
            let bytes = Array(GoldenCoreTests.recorded34.prefix(length))
            #expect(throws: BinaryError.self) { try ELFHeader(parsing: bytes) }
        }
    }

    @Test("what is no 64-bit ELF file is refused by field", arguments: [0, 4, 5, 54])
    func foreignHeader(offset: Int) {
        var bytes = GoldenCoreTests.recorded34
        bytes[offset] = 9
        #expect(throws: BinaryError.self) { try ELFHeader(parsing: bytes) }
    }

    @Test("a CPU's note is 0x20c bytes with its registers at 0x70 of the contents", arguments: Endianness.allCases)
    func cpuNote(endianness: Endianness) throws {
        var registers = PowerRegisters()
        registers.gpr = (0..<32).map { UInt64($0) + 100 }
        registers.nip = 0xc000_0000_0020_fdfc
        registers.dsisr = 0x4200_0000
        let note = PRStatus(registers: registers).note(endianness)
        #expect(note.byteCount == 0x20c)
        #expect(note.descriptor[..<0x70].allSatisfy { $0 == 0 })
        #expect(try PRStatus(parsing: note.descriptor, endianness).registers == registers)
        for length in 0..<PRStatus.byteCount {
            #expect(throws: BinaryError.self) {
                try PRStatus(parsing: Array(note.descriptor.prefix(length)), endianness)
            }
        }
        #expect(registers.words(count: 44).count == 44)
    }

    @Test("a run of notes ends at an empty name, and every cut is an error or a shorter run")
    func notes() throws {
        var writer = BinaryWriter(.big)
        let notes = [
            ELFNote(name: "CORE", type: 1, descriptor: [1, 2, 3]),
            ELFNote(name: "VMCOREINFO", type: 0, descriptor: Array("A=1\nB=2".utf8)),
        ]
        NoteList(notes).write(to: &writer)
        writer.pad(12)
        writer.put([0xff, 0xff, 0xff, 0xff] as [UInt8])
        let list = try NoteList(parsing: writer.bytes, .big)
        #expect(list.notes == notes)
        let info = try #require(list.notes.lazy.compactMap(VMCoreInfo.init).first)
        #expect(info["B"] == "2")
        #expect(info["C"] == nil)
        for length in 0..<writer.count {
            if let cut = try? NoteList(parsing: Array(writer.bytes.prefix(length)), .big) {
                #expect(cut.notes.count <= 2)
            }
        }
    }

    @Test("damaged files never trap the reader")
    func damage() throws {
        var seed: UInt64 = 42
        func random() -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33)
        }
        var survived = 0
        for _ in 0..<500 {
            var bytes = GoldenCoreTests.recorded34
            for _ in 0..<4 { bytes[random() % bytes.count] = UInt8(random() & 0xff) }
            let file = bytes
            let reader = try? CoreFileReader { offset, count in
                guard let start = Int(exactly: offset), start <= file.count, count <= file.count - start else {
                    throw BinaryError.truncated(field: "file", offset: 0, needed: count, available: 0)
                }
                return Array(file[start..<(start + count)])
            }
            if reader != nil { survived += 1 }
        }
        #expect(survived < 500)
    }
}
