import SystemPackage
import Testing

@Suite("The table of promises")
struct TableTests {
    private static func file(_ name: String) throws -> String {
        var path = FilePath(#filePath)
        path.removeLastComponent()
        let descriptor = try FileDescriptor.open(path.appending(name), .readOnly)
        defer { try? descriptor.close() }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try descriptor.read(into: $0) }
            if count == 0 { return String(decoding: text, as: UTF8.self) }
            text += buffer[..<count]
        }
    }

    @Test("every row names a test that exists, and every test stands in a row")
    func complete() throws {
        let rows = try Self.file("README.md").split(separator: "\n")
            .filter { $0.hasPrefix("| ") && !$0.hasPrefix("| The document says") }
            .compactMap { $0.split(separator: "|").last.map { $0.drop { $0 == " " } } }
            .map { String($0.reversed().drop { $0 == " " }.reversed()) }
        // The name of a test is the first string behind @Test(, in the same line or in the next.
        let source = try Self.file("DesignDocumentTests.swift")
        let tests = source.split(separator: "@Test(").dropFirst().compactMap { rest -> String? in
            let parts = rest.split(separator: "\"", omittingEmptySubsequences: false)
            return parts.count > 1 ? String(parts[1]) : nil
        }
        #expect(tests.count > 25)
        #expect(Set(rows).subtracting(tests) == [])
        #expect(Set(tests).subtracting(rows) == [])
    }
}
