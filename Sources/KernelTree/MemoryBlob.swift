import KernFS
import Machine
import PhysicalMemory
import SystemPackage

/// `machine/memory`: the machine's RAM, with physical addresses as offsets.
///
/// Always the RAM of now: a file held open over a crash shows the next boot's memory. Holes of the memory map
/// read as zero and refuse writes.
final class MemoryBlob: Blob {
    private let machine: Machine

    init(_ machine: Machine) { self.machine = machine }

    var size: UInt64 { machine.memoryEnd }

    func read(at offset: UInt64, count: Int, _ body: ([UnsafeRawBufferPointer]) -> Void) throws(Errno) {
        try machine.memory(at: offset, count: count).withPieces(at: 0, count: count, body)
    }

    func write(at offset: UInt64, _ bytes: [UInt8]) throws(Errno) -> Int {
        let end = size
        guard offset < end else { throw .noSpace }
        let fitting = bytes.prefix(Int(clamping: end - offset))
        try machine.writeMemory(Array(fitting), at: offset)
        return fitting.count
    }

    func seekData(from offset: UInt64) throws(Errno) -> UInt64 {
        guard let found = machine.nextMemoryData(from: offset) else { throw .noSuchAddressOrDevice }
        return found
    }

    func seekHole(from offset: UInt64) throws(Errno) -> UInt64 {
        guard let found = machine.nextMemoryHole(from: offset) else { throw .noSuchAddressOrDevice }
        return found
    }
}
