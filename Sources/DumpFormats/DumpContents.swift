import PhysicalMemory

/// A format: what it says of itself, which memory it has, and the bytes of it.
protocol DumpContents: Sendable {
    var description: DumpDescription { get }
    /// Bytes of memory that are in the file; of an incomplete file, that should be.
    func presentBytes() throws(DumpFailure) -> UInt64
    /// The run that `address` lies in, from `address` on; it is not empty.
    func run(at address: UInt64) throws(DumpFailure) -> MemoryRun
    /// Fills `buffer` with memory that lies in one run of state present.
    func readPresent(at address: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(DumpFailure)
    /// How many bytes from `address` on are known to be zeros without being read; `address` is in a run of state
    /// present, whose end need not be looked at.
    func zeros(at address: UInt64) -> UInt64
}

extension DumpContents {
    func zeros(at address: UInt64) -> UInt64 { 0 }

    /// A run from `address` up to `end`, at least a byte long.
    func run(_ state: MemoryState, from address: UInt64, upTo end: UInt64) -> MemoryRun {
        MemoryRun(state, AddressRange(PhysicalAddress(address), upTo: PhysicalAddress(end)))
    }
}
