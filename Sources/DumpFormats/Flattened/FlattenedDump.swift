/// A dump out of a flattened file: what it is besides is the matter of its format.
struct FlattenedDump: DumpContents {
    let description: DumpDescription
    private let contents: any DumpContents

    init(_ contents: any DumpContents) {
        self.contents = contents
        var description = contents.description
        description.isFlattened = true
        self.description = description
    }

    func presentBytes() throws(DumpFailure) -> UInt64 { try contents.presentBytes() }

    func run(at address: UInt64) throws(DumpFailure) -> MemoryRun { try contents.run(at: address) }

    func readPresent(at address: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(DumpFailure) {
        try contents.readPresent(at: address, into: buffer)
    }
}
