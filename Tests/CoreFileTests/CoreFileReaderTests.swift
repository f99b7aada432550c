import BinaryCodec
import CoreFile
import PhysicalMemory
import SystemPackage
import Testing

@Suite("The reader of core files")
struct CoreFileReaderTests {
    /// A whole core file of a machine with one page: small enough to cut it off everywhere.
    private func smallCore(_ endianness: Endianness = .big) throws -> CoreFile {
        let ram = try PhysicalRAM(map: MemoryMap(size: 0x1000))
        try ram.write(Array("planted".utf8), at: 0x100)
        var info = VMCoreInfo(text: "PAGESIZE=65536\n")
        info.append("CRASHTIME", "1", endsLine: false)
        return try CoreFile(
            endianness: endianness,
            machine: .ppc64,
            flags: 0,
            notes: (0..<2).map { PRStatus(registers: registers(cpu: $0)).note(endianness) } + [info.note],
            segments: [segment(0, count: 0x400), segment(0x400, count: 0x100)],
            layout: .packed,
            ram: ram
        )
    }

    @Test("reads back what was built, in either byte order", arguments: Endianness.allCases)
    func roundTrip(_ endianness: Endianness) throws {
        let core = try smallCore(endianness)
        let reader = try core.reader()
        #expect(reader.header == core.header)
        #expect(reader.programHeaders == core.programHeaders)
        #expect(reader.segments.count == 2)
        #expect(reader.notes == core.notes)
        #expect(try reader.cpus().map(\.registers) == [registers(cpu: 0), registers(cpu: 1)])
        #expect(reader.vmcoreinfo?.text == "PAGESIZE=65536\nCRASHTIME=1")
        #expect(try reader.read(physical: 0x100, count: 7) == Array("planted".utf8))
        #expect(try reader.read(physical: 0x100, count: 0) == [])
    }

    @Test("memory that is in no segment, and a count that is no count, are errors")
    func outside() throws {
        let reader = try smallCore().reader()
        #expect(try reader.read(physical: 0x4ff, count: 1) == [0])
        #expect(throws: BinaryError.self) { try reader.read(physical: 0x500, count: 1) }
        #expect(throws: BinaryError.self) { try reader.read(physical: 0x4ff, count: 2) }
        #expect(throws: BinaryError.self) { try reader.read(physical: .max, count: 2) }
        #expect(throws: BinaryError.self) { try reader.read(physical: 0, count: -1) }
    }

    @Test("where segments overlap, the first one counts, as for the duplicate of boot memory in 3.4")
    func overlap() throws {
        let ram = try PhysicalRAM(map: MemoryMap(size: 0x4000))
        try ram.write([1], at: 0x1000)
        try ram.write([2], at: 0x2000)
        let core = try CoreFile(
            endianness: .big,
            machine: .ppc64,
            flags: 0,
            notes: [],
            segments: [segment(0, count: 0x10, at: 0x1000), segment(0, count: 0x20, at: 0x2000)],
            layout: .packed,
            ram: ram
        )
        #expect(try core.reader().read(physical: 0, count: 0x20).count { $0 != 0 } == 1)
        #expect(try core.reader().read(physical: 0, count: 1) == [1])
    }

    @Test("a file cut off anywhere before its memory is an error that names a place in the file")
    func truncatedFront() throws {
        let bytes = try smallCore().bytes()
        let front = bytes.count - 0x500
        for length in 0..<front {
            let error = #expect(throws: BinaryError.self) {
                try CoreFileReader(bytes: Array(bytes[..<length]))
            }
            guard case .truncated(_, let offset, _, let available) = error else {
                Issue.record("\(length): \(String(describing: error))")
                continue
            }
            #expect(offset + available == length)
        }
    }

    @Test(
        "a file cut off in its memory can be opened; the reads that go past its end fail, the others do not"
    )
    func truncatedMemory() throws {
        let bytes = try smallCore().bytes()
        let front = bytes.count - 0x500
        for length in stride(from: front, to: front + 0x500, by: 7) {
            let reader = try CoreFileReader(bytes: Array(bytes[..<length]))
            let there = length - front
            #expect(try reader.read(physical: 0, count: there).count == there)
            #expect(throws: BinaryError.self) { try reader.read(physical: 0, count: there + 1) }
        }
    }

    @Test("what is wrong inside the notes is reported with its offset in the file")
    func offsets() throws {
        var bytes = try smallCore().bytes()
        let second = 64 + 3 * 56 + 0x20c
        bytes[second + 4] = 0xff
        #expect(
            throws: BinaryError.truncated(
                field: "note contents",
                offset: second + 20,
                needed: 0xff00_01f8,
                available: 556
            )
        ) { try CoreFileReader(bytes: bytes) }
    }

    @Test(
        "headers that announce what cannot be are errors at their field",
        arguments: [
            (16, [0, 2], "e_type", 16), (56, [0xff, 0xff], "e_phnum", 56),
            (64 + 32, [0x7f, 0xff, 0xff, 0xff], "p_filesz of the notes", 64 + 32),
        ] as [(Int, [UInt8], String, Int)]
    )
    func refused(_ at: Int, _ value: [UInt8], _ field: String, _ offset: Int) throws {
        var bytes = try smallCore().bytes()
        bytes.replaceSubrange(at..<(at + value.count), with: value)
        let error = #expect(throws: BinaryError.self) { try CoreFileReader(bytes: bytes) }
        guard case .invalid(let foundField, let foundOffset, _) = error else {
            Issue.record("not refused as invalid: \(String(describing: error))")
            return
        }
        #expect(foundField == field)
        #expect(foundOffset == offset)
    }

    @Test("many note segments cannot together announce more than the limit")
    func noteBudget() throws {
        let limit: UInt64 = 64 << 20
        let header = ELFHeader(endianness: .big, machine: .ppc64, flags: 0, programHeaderCount: 2)
        let notes = ProgramHeader(type: .note, offset: 0xb0, fileSize: limit - 1)
        var writer = BinaryWriter(.big)
        header.write(to: &writer)
        notes.write(to: &writer)
        notes.write(to: &writer)
        let front = writer.bytes
        let error = #expect(throws: BinaryError.self) {
            try CoreFileReader { offset, count in
                let known = offset < UInt64(front.count) ? Array(front[Int(offset)...].prefix(count)) : []
                return known + Array(repeating: 0, count: count - known.count)
            }
        }
        guard case .invalid("p_filesz of the notes", 64 + 56 + 32, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(
        "no flipped bits make it trap: they are an error, or a file that reads within its bounds",
        arguments: 0..<8
    )
    func flippedBits(_ seed: UInt64) throws {
        let core = try smallCore(seed.isMultiple(of: 2) ? .big : .little)
        let original = try core.bytes()
        var random = SplitMix64(state: seed)
        var opened = 0
        for _ in 0..<500 {
            var bytes = original
            // Mostly in the headers, where a bit weighs most.
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let limit = Bool.random(using: &random) ? 64 + 3 * 56 : bytes.count
                bytes[Int.random(in: 0..<limit, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            guard let reader = try? CoreFileReader(bytes: bytes) else { continue }
            opened += 1
            _ = try? reader.cpus()
            _ = reader.vmcoreinfo?.lines
            for address in [0, 0x3ff, 0x400, UInt64.max, 1 << 63] {
                if let part = try? reader.read(physical: address, count: 64) { #expect(part.count == 64) }
            }
        }
        #expect((1..<500).contains(opened))
    }
}

/// A small generator with a seed, so that a failure can be had again.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
