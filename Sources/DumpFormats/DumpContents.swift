import PhysicalMemory

/// A format: what it says of itself, which memory it has, and the bytes of it.
protocol DumpContents: Sendable {
    var description: DumpDescription { get }
    /// The run that `address` lies in, from `address` on; it is not empty.
    func run(at address: UInt64) throws(DumpFailure) -> MemoryRun
    /// Fills `buffer` with memory that lies in one run of state present.
    func readPresent(at address: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(DumpFailure)
}

extension DumpContents {
    /// A run from `address` up to `end`, at least a byte long.
    func run(_ state: MemoryState, from address: UInt64, upTo end: UInt64) -> MemoryRun {
        MemoryRun(state, AddressRange(PhysicalAddress(address), upTo: PhysicalAddress(end)))
    }
}
