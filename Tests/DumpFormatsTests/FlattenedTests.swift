import Testing

@testable import DumpFormats

@Suite("Flattened files")
struct FlattenedTests {
    private let inner = KdumpBuilder([.stored(1), .filtered, .stored(2)]).bytes()

    @Test("records in any order are the file they stand for", arguments: [1, 2, 7, 100])
    func order(_ pieces: Int) throws {
        let flat = KdumpBuilder.flattened(inner, pieces: pieces)
        let file = try FlattenedBytes(TestBytes(flat))
        #expect(file.size == UInt64(inner.count))
        #expect(try file.bytes(at: 0, inner.count, "all") == inner)
        #expect(try file.bytes(at: 5000, 9000, "part") == Array(inner[5000..<14000]))
        let reader = try DumpReader([TestBytes(flat)])
        #expect(reader.description.isFlattened)
        #expect(reader.description.format == .kdump)
        #expect(try reader.frame(2).bytes[9] == 2)
    }

    @Test("of records that overlap the later one counts, and what no record has is zero")
    func overlap() throws {
        var flat = Array(KdumpBuilder.flattened([1, 1, 1, 1], pieces: 1).dropLast(16))
        func record(_ offset: UInt8, _ bytes: [UInt8]) {
            flat += [0, 0, 0, 0, 0, 0, 0, offset, 0, 0, 0, 0, 0, 0, 0, UInt8(bytes.count)] + bytes
        }
        record(1, [2, 2])
        record(6, [3])
        record(2, [4])
        flat += Array(repeating: 0xff, count: 16)
        let file = try FlattenedBytes(TestBytes(flat))
        #expect(try file.bytes(at: 0, 7, "all") == [1, 2, 4, 1, 0, 0, 3])
    }

    @Test("cut off anywhere it is an error that names a place in the file")
    func truncated() throws {
        let flat = KdumpBuilder.flattened(Array(0...99), pieces: 3)
        for length in stride(from: 0, to: 4096, by: 97) {
            #expect(throws: DumpFailure.self) { try FlattenedBytes(TestBytes(Array(flat[..<length]))) }
        }
        for length in 4096..<flat.count {
            let error = #expect(throws: DumpFailure.self) {
                try FlattenedBytes(TestBytes(Array(flat[..<length])))
            }
            guard case .malformed(.truncated(_, let offset, _, let available), file: "test") = error else {
                Issue.record("\(length): \(String(describing: error))")
                continue
            }
            #expect(offset + available == length)
        }
    }

    @Test(
        "a record that cannot be is refused at its place",
        arguments: [
            (24, [9], "version", 24), (4096, [0x80], "offset of a record", 4096),
            (4104, [0x80], "buf_size of a record", 4104), (4104, [0x7f], "bytes of a record", 4112),
        ] as [(Int, [UInt8], String, Int)]
    )
    func refused(_ at: Int, _ value: [UInt8], _ field: String, _ offset: Int) throws {
        var flat = KdumpBuilder.flattened(inner)
        flat.replaceSubrange(at..<(at + value.count), with: value)
        let error = #expect(throws: DumpFailure.self) { try DumpReader([TestBytes(flat)]) }
        switch error {
        case .malformed(.invalid(field, offset, _), _), .malformed(.truncated(field, offset, _, _), _): break
        default: Issue.record("\(String(describing: error))")
        }
    }

    @Test("nobody flattens twice")
    func nested() {
        let flat = KdumpBuilder.flattened(KdumpBuilder.flattened(inner))
        #expect(throws: DumpFailure.self) { try DumpReader([TestBytes(flat)]) }
    }
}
