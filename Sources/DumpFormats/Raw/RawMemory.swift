import BinaryCodec
import CoreFile

/// What somebody knows of a file that holds memory and nothing that describes it.
public struct RawMemory: Sendable, Hashable {
    /// Bytes of a page; a power of two.
    public var pageSize: UInt64
    public var endianness: Endianness
    public var machine: ELFMachine

    public init(pageSize: UInt64, endianness: Endianness, machine: ELFMachine = .ppc64) {
        self.pageSize = pageSize
        self.endianness = endianness
        self.machine = machine
    }
}
