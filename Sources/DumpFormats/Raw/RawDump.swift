import PhysicalMemory

/// Memory and nothing else: offsets are physical addresses.
struct RawDump: DumpContents {
    let description: DumpDescription
    private let file: any DumpBytes

    /// Errors: a size that is no whole number of pages.
    init(_ file: any DumpBytes, _ raw: RawMemory) throws(DumpFailure) {
        guard raw.pageSize.nonzeroBitCount == 1 else {
            throw .unsuitable("a page of \(raw.pageSize) bytes is no power of two")
        }
        guard file.size > 0, file.size % raw.pageSize == 0 else {
            throw file.invalid(
                "size of the file",
                0,
                "\(file.size) bytes are no memory of whole pages of \(raw.pageSize), nor any known format"
            )
        }
        self.file = file
        var description = DumpDescription(format: .raw, pageSize: raw.pageSize)
        description.endianness = raw.endianness
        description.machine = raw.machine
        description.memory = [AddressRange(0, upTo: PhysicalAddress(file.size))]
        self.description = description
    }

    func presentBytes() -> UInt64 { file.size }

    func run(at address: UInt64) -> MemoryRun {
        address < file.size
            ? run(.present, from: address, upTo: file.size) : run(.notMemory, from: address, upTo: .max)
    }

    func zeros(at address: UInt64) -> UInt64 { file.data(from: address) - address }

    func readPresent(at address: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(DumpFailure) {
        try file.fill(buffer, at: address, "memory at 0x\(String(address, radix: 16))")
    }
}
