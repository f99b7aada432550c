import BinaryCodec
import CoreFile
import Testing

@Suite("The ELF header")
struct ELFHeaderTests {
    /// Recorded from a 3.4.113 kernel and from a 7.2.13 kernel.
    static let recorded: [(header: ELFHeader, bytes: [UInt8])] = [
        (
            ELFHeader(endianness: .big, machine: .ppc64, flags: 0, programHeaderCount: 4),
            Array(Recording34.bytes[..<64])
        ),
        (
            ELFHeader(endianness: .little, machine: .ppc64, flags: 2, programHeaderCount: 3),
            Hexdump.pairs(
                """
                7f 45 4c 46 02 01 01 00 00 00 00 00 00 00 00 00 04 00 15 00 01 00 00 00 00 00 00 00 00 00 00 00
                40 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 02 00 00 00 40 00 38 00 03 00 00 00 00 00 00 00
                """
            )
        ),
    ]

    @Test("is written as the recorded kernels wrote theirs", arguments: recorded.indices)
    func golden(_ index: Int) {
        var writer = BinaryWriter(.big)
        Self.recorded[index].header.write(to: &writer)
        #expect(writer.bytes == Self.recorded[index].bytes)
        #expect(writer.count == ELFHeader.byteCount)
    }

    @Test("is read back from its bytes", arguments: recorded.indices)
    func parsed(_ index: Int) throws {
        #expect(try ELFHeader(parsing: Self.recorded[index].bytes) == Self.recorded[index].header)
    }

    @Test("is written in its own byte order and leaves the writer's alone")
    func writerKeepsItsOrder() {
        var writer = BinaryWriter(.little)
        Self.recorded[0].header.write(to: &writer)
        writer.put(UInt16(1))
        #expect(writer.bytes == Self.recorded[0].bytes + [1, 0])
    }

    @Test("cut off anywhere, it is an error that names an offset inside")
    func truncated() {
        for length in 0..<ELFHeader.byteCount {
            let error = #expect(throws: BinaryError.self) {
                try ELFHeader(parsing: Array(Self.recorded[0].bytes[..<length]))
            }
            guard case .truncated(_, let offset, let needed, let available) = error else {
                Issue.record("\(length): \(String(describing: error))")
                continue
            }
            #expect(offset + available == length)
            #expect(needed > available)
        }
    }

    @Test(
        "a file of another kind is refused by name and offset of the field",
        arguments: [
            (0, 0x7e, "ELF magic", 0), (3, 0x47, "ELF magic", 0), (4, 1, "ELF class", 4),
            (5, 3, "ELF data encoding", 5), (6, 2, "ELF identification version", 6),
            (23, 2, "e_version", 20), (55, 57, "e_phentsize", 54),
        ] as [(Int, UInt8, String, Int)]
    )
    func refused(_ at: Int, _ value: UInt8, _ field: String, _ offset: Int) {
        var bytes = Self.recorded[0].bytes
        bytes[at] = value
        let error = #expect(throws: BinaryError.self) { try ELFHeader(parsing: bytes) }
        guard case .invalid(let foundField, let foundOffset, _) = error else {
            Issue.record("not refused as invalid: \(String(describing: error))")
            return
        }
        #expect(foundField == field)
        #expect(foundOffset == offset)
    }

    @Test("machines and types without a name are kept as numbers")
    func openNumbers() throws {
        var bytes = Self.recorded[0].bytes
        bytes[17] = 2
        bytes[19] = 62
        let header = try ELFHeader(parsing: bytes)
        #expect(header.type.rawValue == 2)
        #expect(header.machine == .x86_64)
    }
}
