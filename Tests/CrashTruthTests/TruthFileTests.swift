import BinaryCodec
import CoreFile
import CrashTruth
import PhysicalMemory
import Testing

@Suite("Truth files")
struct TruthFileTests {
    static let sample: Truth = {
        var facts = TruthFacts(
            machine: "power",
            boot: 1,
            kernel: "linux-7.2",
            release: "7.2.13",
            endianness: .little,
            architecture: .ppc64,
            pageSize: 65536
        )
        facts["seed"] = "7\nnot a line"
        func range(_ start: UInt64, _ end: UInt64) -> AddressRange {
            AddressRange(PhysicalAddress(start), upTo: PhysicalAddress(end))
        }
        return Truth(
            facts: facts,
            segments: [range(0, 0x10_0000), range(0x20_0000, 0x30_0000)],
            cpus: [.init(id: 0, isCrashing: false, note: 0), .init(id: 5, isCrashing: true, note: 1)],
            notes: [
                PRStatus(registers: PowerRegisters()).note(.little),
                PRStatus(registers: PowerRegisters(words: [1, 2])).note(.little),
                VMCoreInfo(text: "OSRELEASE=7.2.13\n").note,
            ],
            runs: [
                TruthRun(range: range(0x1000, 0x3000), source: .stored(0)),
                TruthRun(
                    range: range(0x20_0000, 0x28_0000),
                    source: .generated(MadeUpOrigin(.fill, 0x20_0000))
                ),
                TruthRun(range: range(0x28_0000, 0x28_1000), source: .stored(0x2000)),
            ],
            payload: .bytes
        )
    }()

    @Test("go round, with facts on one line each")
    func roundTrip() throws {
        let bytes = try Self.sample.fileHead(payloadSize: 0x3000)
        #expect(bytes.count == 4096)
        let read = try Truth(parsing: bytes)
        #expect(read == Self.sample)
        #expect(read.facts["seed"] == "7 not a line")
        #expect(read.facts.boot == 1)
        #expect(read.vmcoreinfo?["OSRELEASE"] == "7.2.13")
        #expect(try TruthHead(parsing: bytes).payloadSize == 0x3000)
    }

    @Test("begin with these bytes")
    func golden() throws {
        var writer = BinaryWriter(.little)
        try TruthHead(parsing: Self.sample.fileHead(payloadSize: 0x3000)).write(to: &writer)
        let head = writer.bytes
        #expect(head.count == TruthHead.byteCount)
        #expect(Array(head[..<16]) == Array("FADTRUTH".utf8) + [1, 0, 0, 0, 1, 0, 0, 0])
        #expect(Array(head[24..<36]) == [2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0])
        #expect(Array(head[40..<48]) == [0, 0x30, 0, 0, 0, 0, 0, 0])
    }

    @Test("cut off anywhere are refused")
    func truncated() throws {
        let bytes = try Self.sample.fileHead(payloadSize: 0x3000)
        let head = try TruthHead(parsing: bytes)
        #expect(head.size == 4096)
        // All but the padding at the end is needed.
        let used = bytes.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
        for length in 0..<(used - 8) {
            #expect(throws: BinaryError.self) { try Truth(parsing: Array(bytes[..<length])) }
        }
    }

    @Test(
        "with another magic, version or payload are refused by name",
        arguments: [(0, "magic"), (8, "version"), (12, "payload")]
    )
    func foreign(_ offset: Int, _ field: String) throws {
        var bytes = try Self.sample.fileHead(payloadSize: 0x3000)
        bytes[offset] = 99
        do {
            _ = try Truth(parsing: bytes)
            Issue.record("was taken")
        } catch {
            guard case .invalid(field, offset, _) = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test("that contradict themselves are refused")
    func contradictions() throws {
        func refused(_ change: (inout Truth) -> Void, payload: UInt64 = 0x3000) throws {
            var truth = Self.sample
            change(&truth)
            let bytes = try truth.fileHead(payloadSize: payload)
            #expect(throws: BinaryError.self) { try Truth(parsing: bytes) }
        }
        try refused({ _ in }, payload: 0x2fff)
        try refused { $0.runs.swapAt(0, 1) }
        try refused { $0.segments.swapAt(0, 1) }
        try refused { $0.cpus[0].note = 3 }
        try refused { $0.segments[1] = AddressRange(0x20_0000, upTo: 0x28_0000) }
        try refused { $0.facts["page-size"] = "5000" }
        try refused { $0.facts["endian"] = nil }
    }
}
