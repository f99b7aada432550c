import BinaryCodec
import CoreFile
import PhysicalMemory

extension DumpDescription {
    /// The description as bytes, for another process of the same program.
    public var bytes: [UInt8] {
        var writer = BinaryWriter(.little)
        writer.put(UInt8(DumpFormat.allCases.firstIndex(of: format) ?? 0))
        writer.put(UInt8(isFlattened ? 1 : 0) | (isIncomplete ? 2 : 0))
        writer.put(UInt32(clamping: files))
        writer.put(pageSize)
        writer.put(UInt8(endianness.flatMap(Endianness.allCases.firstIndex) ?? 0xff))
        writer.put(machine?.rawValue ?? 0)
        writer.put(UInt32(truncatingIfNeeded: dumpLevel ?? -1))
        writer.put(UInt8(compression.flatMap(PageCompression.allCases.firstIndex) ?? 0xff))
        writer.put(UInt32(truncatingIfNeeded: headerVersion ?? -1))
        Self.put(release.map { Array($0.utf8) } ?? [], &writer)
        Self.put(vmcoreinfo.map { Array($0.text.utf8) } ?? [], &writer)
        var list = BinaryWriter(.little)
        NoteList(notes).write(to: &list)
        Self.put(list.bytes, &writer)
        writer.put(UInt32(clamping: memory.count))
        for range in memory {
            writer.put(range.start.rawValue)
            writer.put(range.count)
        }
        return writer.bytes
    }

    private static func put(_ bytes: [UInt8], _ writer: inout BinaryWriter) {
        writer.put(UInt32(clamping: bytes.count))
        writer.put(bytes)
    }

    /// Errors: bytes that no description has; the process that sent them may be in anybody's hands.
    public init(parsing bytes: [UInt8]) throws(BinaryError) {
        var reader = BinaryReader(bytes, .little)
        let format = try Self.choice(DumpFormat.allCases, &reader, "format")
        let flags = try reader.u8("flags")
        let files = Int(try reader.u32("files"))
        let pageSize = try reader.u64("page size")
        guard let format, PageSize.isPossible(pageSize) else {
            throw .invalid(field: "page size", offset: reader.offset, found: "\(pageSize)")
        }
        self.init(format: format, pageSize: pageSize)
        self.files = files
        isFlattened = flags & 1 != 0
        isIncomplete = flags & 2 != 0
        endianness = try Self.choice(Endianness.allCases, &reader, "byte order")
        let machine = try reader.u16("machine")
        self.machine = machine == 0 ? nil : ELFMachine(rawValue: machine)
        dumpLevel = Self.number(try reader.u32("dump level"))
        compression = try Self.choice(PageCompression.allCases, &reader, "compression")
        headerVersion = Self.number(try reader.u32("header version"))
        let release = try Self.run(&reader, "release")
        self.release = release.isEmpty ? nil : String(decoding: release, as: UTF8.self)
        let information = try Self.run(&reader, "VMCOREINFO")
        vmcoreinfo =
            information.isEmpty ? nil : VMCoreInfo(text: String(decoding: information, as: UTF8.self))
        notes = try NoteList(parsing: try Self.run(&reader, "notes"), .little).notes
        let count = try reader.u32("ranges")
        var end: UInt64 = 0
        for _ in 0..<count {
            let start = try reader.u64("range")
            let size = try reader.u64("range")
            guard start >= end, let range = AddressRange(start: PhysicalAddress(start), count: size) else {
                throw .invalid(field: "range", offset: reader.offset, found: "not behind the one before")
            }
            memory.append(range)
            end = range.end.rawValue
        }
    }

    private static func run(_ reader: inout BinaryReader, _ field: String) throws(BinaryError) -> [UInt8] {
        try reader.bytes(Int(try reader.u32(field)), field)
    }

    private static func choice<Choice>(
        _ all: [Choice],
        _ reader: inout BinaryReader,
        _ field: String
    ) throws(BinaryError) -> Choice? {
        let index = Int(try reader.u8(field))
        return index < all.count ? all[index] : nil
    }

    private static func number(_ word: UInt32) -> Int? { word == .max ? nil : Int(word) }
}
