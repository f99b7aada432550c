import BinaryCodec
import CoreFile
import PhysicalMemory
import Testing

func range(_ start: UInt64, count: UInt64) -> AddressRange {
    AddressRange(PhysicalAddress(start), upTo: PhysicalAddress(start &+ count))
}

/// The virtual address of a physical one in the kernel's linear mapping.
func linear(_ address: UInt64) -> UInt64 { 0xc000_0000_0000_0000 + address }

/// A segment whose bytes are at `source`, or where they were.
func segment(_ address: UInt64, count: UInt64, at source: UInt64? = nil) -> CoreSegment {
    CoreSegment(
        physicalAddress: address,
        virtualAddress: linear(address),
        source: range(source ?? address, count: count)
    )
}

/// A note of exactly `size` bytes.
func note(ofSize size: Int) -> ELFNote {
    ELFNote(name: "VMCOREINFO", type: 0, descriptor: Array(repeating: 0x41, count: size - 24))
}

/// Registers that differ from word to word and from CPU to CPU.
func registers(cpu: UInt64) -> PowerRegisters {
    PowerRegisters(words: (0..<48).map { 0xc0de_0000_0000_0000 | cpu << 16 | $0 })
}

extension CoreFile {
    /// The first `count` bytes, or all.
    func bytes(_ count: Int? = nil) throws -> [UInt8] { try image.read(at: 0, count: count ?? Int(size)) }

    func reader() throws -> CoreFileReader {
        try CoreFileReader { try image.read(at: $0, count: $1) }
    }
}

extension CoreFileReader {
    /// A reader of a file that is these bytes.
    init(bytes: [UInt8]) throws {
        try self.init { offset, count in
            guard offset < UInt64(bytes.count) else { return [] }
            return Array(bytes[Int(offset)...].prefix(count))
        }
    }
}
