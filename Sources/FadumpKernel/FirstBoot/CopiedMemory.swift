import PhysicalMemory
import PowerFirmware

/// Boot memory as firmware copies it: its ranges lie one behind the other at the destination. Sizes and addresses in
/// bytes.
///
/// Source: `fadump_relocate` (Linux 5.4, fadump.c).
struct CopiedMemory: Sendable, Hashable {
    /// In ascending order; none is empty.
    var ranges: [AddressRange]
    /// Where the copy begins.
    var copy: UInt64

    init(_ ranges: [AddressRange], at copy: UInt64) {
        self.ranges = ranges.filter { !$0.isEmpty }
        self.copy = copy
    }

    init(_ area: ReservedArea) { self.init(area.bootMemory, at: area.bootMemoryCopy) }

    /// The first address above boot memory.
    var top: PhysicalAddress { ranges.last?.end ?? 0 }

    /// Where the byte of `address` is after the crash: in the copy if it was in boot memory, else where it was.
    func place(of address: UInt64) -> UInt64 {
        var before: UInt64 = 0
        for range in ranges {
            if range.contains(PhysicalAddress(address)) {
                return copy &+ before &+ (address &- range.start.rawValue)
            }
            before &+= range.count
        }
        return address
    }
}
