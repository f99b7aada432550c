import BinaryCodec
import PhysicalMemory
import PowerFirmware

/// What a kernel leaves for the next one by way of OPAL: the ranges that it wants preserved, how many of them firmware
/// took, and where the crash info header is. Big-endian: version 1, pad 3, number of ranges 2, number registered 2,
/// address of the header 8, then ranges of 24 bytes.
///
/// Source: `struct opal_fadump_mem_struct` (Linux 5.4, opal-fadump.h).
struct OPALMetadata: Hashable {
    static let currentVersion: UInt8 = 1
    /// Ranges that there is room for.
    static let maximumRanges = 128

    var version = Self.currentVersion
    var ranges: [PreservedRange]
    var registered: Int
    var crashInfoHeader: UInt64

    init(_ area: ReservedArea, registered: Int) {
        var destination = area.bootMemoryCopy
        ranges = area.bootMemory.map { range in
            defer { destination &+= range.count }
            return PreservedRange(source: range.start.rawValue, destination: destination, size: range.count)
        }
        self.registered = registered
        crashInfoHeader = area.crashInfoHeader
    }

    /// The same as sections, of which the registered ones are dumped once a crash came.
    var structure: DumpMemoryStructure {
        DumpMemoryStructure(
            sections: ranges.enumerated().map { number, range in
                var section = DumpSection(
                    sourceDataType: .realModeRegion,
                    sourceAddress: range.source,
                    sourceLength: range.size,
                    destinationAddress: range.destination
                )
                section.bytesDumped = number < registered ? range.size : 0
                return section
            }
        )
    }
}

extension OPALMetadata {
    var bytes: [UInt8] {
        var writer = BinaryWriter(.big)
        writer.put([version, 0, 0, 0])
        writer.put(UInt16(clamping: ranges.count))
        writer.put(UInt16(clamping: registered))
        writer.put(crashInfoHeader)
        for range in ranges {
            for value in [range.source, range.destination, range.size] { writer.put(value) }
        }
        return writer.bytes
    }

    /// Errors: fewer bytes than the ranges take; more ranges than there is room for.
    init(parsing bytes: [UInt8]) throws(BinaryError) {
        var reader = BinaryReader(bytes, .big)
        version = UInt8(truncatingIfNeeded: try reader.u32("version of the metadata") >> 24)
        let count = try reader.u16("number of ranges")
        registered = Int(try reader.u16("number of registered ranges"))
        crashInfoHeader = try reader.u64("address of the crash info header")
        guard count <= Self.maximumRanges else {
            throw .invalid(field: "number of ranges", offset: 4, found: "\(count)")
        }
        ranges = []
        for _ in 0..<count {
            ranges.append(
                PreservedRange(
                    source: try reader.u64("source of a range"),
                    destination: try reader.u64("destination of a range"),
                    size: try reader.u64("size of a range")
                )
            )
        }
    }

    /// What lies in memory; nil where there is no memory, or nothing that can be read.
    init?(at address: UInt64, _ hardware: Hardware) {
        let size = 16 + 24 * Self.maximumRanges
        guard let bytes = try? hardware.ram.read(at: PhysicalAddress(address), count: size),
            let metadata = try? OPALMetadata(parsing: bytes)
        else { return nil }
        self = metadata
    }
}
