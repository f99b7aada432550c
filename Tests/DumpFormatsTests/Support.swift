import DumpFormats

/// A file in memory.
struct TestBytes: DumpBytes {
    let name = "test"
    let bytes: [UInt8]
    var size: UInt64 { UInt64(bytes.count) }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard offset < size else { return 0 }
        let part = bytes[Int(offset)...].prefix(buffer.count)
        buffer.copyBytes(from: part)
        return part.count
    }
}

extension DumpReader {
    func frame(_ number: UInt64) throws -> (contents: FrameContents, bytes: [UInt8]) {
        var bytes = [UInt8](repeating: 0xee, count: Int(description.pageSize))
        let contents = try bytes.withUnsafeMutableBytes { try frame(number, into: $0) }
        return (contents, bytes)
    }

    func bytes(at address: UInt64, _ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0xee, count: count)
        try bytes.withUnsafeMutableBytes { _ = try read(at: address, into: $0) }
        return bytes
    }
}
