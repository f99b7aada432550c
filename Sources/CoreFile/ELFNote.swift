import BinaryCodec

/// A note of a core file: who says it, what kind it is, and its contents.
///
/// Layout: lengths of name (with its NUL) and contents, type, then both padded to 4 bytes.
public struct ELFNote: Hashable, Sendable {
    public var name: String
    public var type: UInt32
    public var descriptor: [UInt8]

    public init(name: String, type: UInt32, descriptor: [UInt8]) {
        self.name = name
        self.type = type
        self.descriptor = descriptor
    }

    private var nameSize: Int { name.utf8.count + 1 }

    public var byteCount: Int { 12 + Self.padded(nameSize) + Self.padded(descriptor.count) }

    /// Writes it in the writer's byte order.
    public func write(to writer: inout BinaryWriter) {
        writer.put(UInt32(clamping: nameSize))
        writer.put(UInt32(clamping: descriptor.count))
        writer.put(type)
        writer.put(Array(name.utf8))
        writer.pad(Self.padded(nameSize) - name.utf8.count)
        writer.put(descriptor)
        writer.pad(Self.padded(descriptor.count) - descriptor.count)
    }

    static func padded(_ count: Int) -> Int { (count + 3) & ~3 }
}

/// A run of notes.
public struct NoteList: Hashable, Sendable {
    public var notes: [ELFNote]

    public init(_ notes: [ELFNote]) { self.notes = notes }

    /// Reads notes up to one without a name, or to the end.
    ///
    /// Errors: a note that reaches beyond the end of `bytes`; its last padding alone may be missing.
    /// Source: `merge_note_headers_elf64` (Linux 3.4, fs/proc/vmcore.c): an empty name ends the run.
    public init(parsing bytes: [UInt8], _ endianness: Endianness) throws(BinaryError) {
        var reader = BinaryReader(bytes, endianness)
        notes = []
        while reader.remaining > 0 {
            // Fewer zeros than a note's head are the end, too.
            if reader.remaining < 12, bytes.suffix(reader.remaining).allSatisfy({ $0 == 0 }) { return }
            let nameSize = try reader.u32("note name size")
            let size = try reader.u32("note size")
            let type = try reader.u32("note type")
            guard nameSize > 0 else { return }
            let name = try Self.field(&reader, nameSize, "note name")
            let descriptor = try Self.field(&reader, size, "note contents")
            let text = String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
            notes.append(ELFNote(name: text, type: type, descriptor: descriptor))
        }
    }

    private static func field(
        _ reader: inout BinaryReader,
        _ size: UInt32,
        _ name: String
    ) throws(BinaryError) -> [UInt8] {
        let bytes = try reader.bytes(Int(size), name)
        try reader.skip(min(ELFNote.padded(bytes.count) - bytes.count, reader.remaining), name)
        return bytes
    }

    public var byteCount: Int { notes.reduce(0) { $0 + $1.byteCount } }

    /// Writes it in the writer's byte order.
    public func write(to writer: inout BinaryWriter) {
        for note in notes { note.write(to: &writer) }
    }
}
