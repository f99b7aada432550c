/// Where in a core file of 64 bits the memory stands: its program headers.
struct CoreLayout {
    private let bytes: [UInt8]
    private let isBig: Bool

    init(_ path: String) throws {
        let buffer = Buffer(64 << 10)
        let file = try OpenedFile(path)
        try file.read(buffer.bytes, at: 0)
        bytes = Array(buffer.bytes)
        isBig = bytes[5] == 2
    }

    /// The file offset of the physical address, with `count` bytes in one segment behind it.
    func offset(of address: UInt64, count: Int) throws -> Int {
        let table = number(0x20, 8)
        for index in 0..<number(0x38, 2) {
            let header = Int(table + index * 56)
            let (type, offset) = (number(header, 4), number(header + 8, 8))
            let (start, size) = (number(header + 0x18, 8), number(header + 0x20, 8))
            if type == 1, start <= address, address + UInt64(count) <= start + size {
                return Int(offset + address - start)
            }
        }
        throw SystemFailure("no segment of the dump holds \(count) bytes from \(address)")
    }

    private func number(_ at: Int, _ count: Int) -> UInt64 {
        let part = bytes[at..<(at + count)]
        let ordered = isBig ? Array(part) : part.reversed()
        return ordered.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
