import BinaryCodec
import PhysicalMemory
import PowerFirmware

/// What a kernel leaves for the next one by way of OPAL: the ranges that it wants preserved, how many of them firmware
/// took, and where the crash info header is. Big-endian: version 1, pad 3, number of ranges 2, number registered 2,
/// address of the header 8, then ranges of 24 bytes.
///
/// Source: `struct opal_fadump_mem_struct` (Linux 5.4, opal-fadump.h).
struct OPALMetadata: Hashable {
    static let version: UInt8 = 1

    var ranges: [PreservedRange]
    var registered: Int
    var crashInfoHeader: UInt64

    init(_ area: ReservedArea, registered: Int) {
        ranges = Self.ranges(of: area)
        self.registered = registered
        crashInfoHeader = area.crashInfoHeader
    }

    /// Boot memory, each range with its place in the copy.
    static func ranges(of area: ReservedArea) -> [PreservedRange] {
        var destination = area.bootMemoryCopy
        return area.bootMemory.map { range in
            defer { destination &+= range.count }
            return PreservedRange(source: range.start.rawValue, destination: destination, size: range.count)
        }
    }

    var bytes: [UInt8] {
        var writer = BinaryWriter(.big)
        writer.put([Self.version, 0, 0, 0])
        writer.put(UInt16(clamping: ranges.count))
        writer.put(UInt16(clamping: registered))
        writer.put(crashInfoHeader)
        for range in ranges {
            for value in [range.source, range.destination, range.size] { writer.put(value) }
        }
        return writer.bytes
    }
}
