import PhysicalMemory

/// Where OPAL lies in memory, with the room that it keeps for a crash. Kernels leave all of it alone.
///
/// Source: skiboot, include/mem-map.h (the base, the image, a stack of 32 KB for each PIR), core/opal-dump.c (the copy
/// follows, then 512 KB of registers for each chip).
public struct OPALMemory: Sendable, Hashable {
    /// Code, data, heap and stacks of OPAL.
    public let own: AddressRange
    /// Where `own` is preserved at a crash.
    public let copy: AddressRange
    /// Where the registers of all threads are saved.
    public let registers: AddressRange

    private static let base: UInt64 = 0x3000_0000
    private static let image: UInt64 = 0x1c1_0000
    private static let heapOffset: UInt64 = 0x60_0000
    private static let stack: UInt64 = 32 << 10
    private static let registersPerChip: UInt64 = 512 << 10

    /// For a machine with room for so many CPUs.
    public init(cpus: Int) {
        let last = UInt32(clamping: max(1, cpus) - 1)
        let size = Self.image + (UInt64(ProcessorID.pir(ofCPU: last)) + 1) * Self.stack
        let chips = UInt64(ProcessorID.chip(ofCPU: last)) + 1
        let ends = [size, 2 * size, 2 * size + chips * Self.registersPerChip].map {
            PhysicalAddress(Self.base + $0)
        }
        own = AddressRange(PhysicalAddress(Self.base), upTo: ends[0])
        copy = AddressRange(ends[0], upTo: ends[1])
        registers = AddressRange(ends[1], upTo: ends[2])
    }

    public var ranges: [AddressRange] { [own, copy, registers] }

    /// Where OPAL's heap begins, out of which it tells the next kernel what it saved.
    var heap: PhysicalAddress { own.start &+ Self.heapOffset }
}
