import BinaryCodec

/// The header of a kdump-compressed file: 464 bytes at its start, as a 64-bit machine lays them out.
///
/// Source: `struct disk_dump_header` (makedumpfile 1.7, diskdump_mod.h).
struct KdumpHeader: Hashable, Sendable {
    static let byteCount = 464
    static let magic = Array("KDUMP   ".utf8)
    private static let nameByteCount = 65

    /// Offsets of what errors name.
    static let blockSizeOffset: UInt64 = 428
    static let bitmapBlocksOffset: UInt64 = 436
    static let frameLimitOffset: UInt64 = 440

    var endianness: Endianness
    var version: UInt32
    /// System, node, release, version, machine and domain, as uname(2) has them.
    var systemName: [String]
    /// When the dump was written.
    var seconds: UInt64 = 0
    var microseconds: UInt64 = 0
    /// How pages are compressed, and whether the file is incomplete.
    var status: PageFlags
    var blockSize: UInt32
    /// Blocks of the second header.
    var subHeaderBlocks: UInt32 = 1
    /// Blocks of both bitmaps together.
    var bitmapBlocks: UInt32
    /// One more than the last page frame; since version 6 the second header has it in 64 bits.
    var frameLimit: UInt32
    var totalRAMBlocks: UInt32 = 0
    var deviceBlocks: UInt32 = 0
    var writtenBlocks: UInt32 = 0
    var currentCPU: UInt32 = 0
    var cpuCount: UInt32 = 0

    var release: String? { systemName.count > 2 && !systemName[2].isEmpty ? systemName[2] : nil }
    var machine: String { systemName.count > 4 ? systemName[4] : "" }

    init(
        endianness: Endianness,
        version: UInt32 = 6,
        systemName: [String],
        status: PageFlags,
        blockSize: UInt32,
        bitmapBlocks: UInt32,
        frameLimit: UInt32
    ) {
        self.endianness = endianness
        self.version = version
        self.systemName = systemName
        self.status = status
        self.blockSize = blockSize
        self.bitmapBlocks = bitmapBlocks
        self.frameLimit = frameLimit
    }

    /// The byte order is that in which the version is a small number.
    ///
    /// Errors: another signature, a version that is small in neither order, a block size that no page can have.
    init(parsing bytes: [UInt8]) throws(BinaryError) {
        var reader = BinaryReader(bytes, .little)
        guard try reader.bytes(8, "signature") == Self.magic else {
            throw .invalid(field: "signature", offset: 0, found: "not KDUMP and three spaces")
        }
        let little = try reader.u32("header_version")
        endianness = little <= 0xffff ? .little : .big
        reader.endianness = endianness
        version = endianness == .little ? little : little.byteSwapped
        guard version <= 0xffff else {
            throw .invalid(field: "header_version", offset: 8, found: "0x\(String(version, radix: 16))")
        }
        systemName = []
        for _ in 0..<6 {
            let name = try reader.bytes(Self.nameByteCount, "utsname")
            systemName.append(String(decoding: name.prefix { $0 != 0 }, as: UTF8.self))
        }
        try reader.skip(6, "utsname")
        seconds = try reader.u64("timestamp")
        microseconds = try reader.u64("timestamp")
        status = PageFlags(rawValue: try reader.u32("status"))
        blockSize = try reader.u32("block_size")
        subHeaderBlocks = try reader.u32("sub_hdr_size")
        bitmapBlocks = try reader.u32("bitmap_blocks")
        frameLimit = try reader.u32("max_mapnr")
        totalRAMBlocks = try reader.u32("total_ram_blocks")
        deviceBlocks = try reader.u32("device_blocks")
        writtenBlocks = try reader.u32("written_blocks")
        currentCPU = try reader.u32("current_cpu")
        cpuCount = try reader.u32("nr_cpus")
        guard PageSize.isPossible(UInt64(blockSize)) else {
            let offset = Int(Self.blockSizeOffset)
            throw .invalid(field: "block_size", offset: offset, found: "\(blockSize) bytes are no page")
        }
    }

    /// Writes the header in its own byte order, whatever the writer's.
    func write(to writer: inout BinaryWriter) {
        let outer = writer.endianness
        defer { writer.endianness = outer }
        writer.endianness = endianness
        writer.put(Self.magic)
        writer.put(version)
        for index in 0..<6 {
            let name =
                index < systemName.count ? Array(systemName[index].utf8.prefix(Self.nameByteCount - 1)) : []
            writer.put(name)
            writer.pad(Self.nameByteCount - name.count)
        }
        writer.pad(6)
        writer.put(seconds)
        writer.put(microseconds)
        for field in [
            status.rawValue, blockSize, subHeaderBlocks, bitmapBlocks, frameLimit, totalRAMBlocks,
            deviceBlocks,
            writtenBlocks, currentCPU, cpuCount,
        ] {
            writer.put(field)
        }
    }
}
