import BinaryCodec

/// Reads a core file from anything that gives bytes at an offset: headers, notes, and memory by physical address.
///
/// Sizes are checked before memory is taken for what they announce. Errors: those of the source, and `BinaryError`
/// with the field and its offset in the file where the file is malformed or too short.
public struct CoreFileReader {
    /// Gives `count` bytes from `offset`, fewer only at the end of the file.
    public typealias Source = (_ offset: UInt64, _ count: Int) throws -> [UInt8]

    public let header: ELFHeader
    public let programHeaders: [ProgramHeader]
    public let notes: [ELFNote]
    private let source: Source

    /// The most that all notes of a file may take: 2048 CPUs with room to spare.
    private static let noteLimit: UInt64 = 64 << 20

    public init(_ source: @escaping Source) throws {
        self.source = source
        header = try ELFHeader(parsing: source(0, ELFHeader.byteCount))
        guard header.type == .core else {
            throw BinaryError.invalid(
                field: "e_type",
                offset: 16,
                found: "\(header.type.rawValue), not 4 (core)"
            )
        }
        programHeaders = try Self.programHeaders(header, source)
        notes = try Self.notes(programHeaders, header, source)
    }

    public var segments: [ProgramHeader] { programHeaders.filter { $0.type == .load } }

    public var vmcoreinfo: VMCoreInfo? { notes.lazy.compactMap(VMCoreInfo.init).first }

    /// The registers of every CPU, in the order of the notes.
    public func cpus() throws(BinaryError) -> [PRStatus] {
        var result: [PRStatus] = []
        for note in notes where note.name == PRStatus.noteName && note.type == PRStatus.noteType {
            result.append(try PRStatus(parsing: note.descriptor, header.endianness))
        }
        return result
    }

    /// The bytes at a physical address, across segments where they follow one another in memory; where segments
    /// overlap, the first one counts. Throws where a byte is in no segment or beyond the end of the file.
    public func read(physical address: UInt64, count: Int) throws -> [UInt8] {
        guard count >= 0 else {
            throw BinaryError.invalid(field: "count", offset: 0, found: "\(count)")
        }
        var bytes: [UInt8] = []
        var position = address
        while bytes.count < count {
            let part = try part(at: position, atMost: count - bytes.count)
            bytes += part
            if bytes.count < count {
                position = try position.adding(UInt64(part.count), "physical address")
            }
        }
        return bytes
    }

    private func part(at address: UInt64, atMost count: Int) throws -> [UInt8] {
        for segment in segments where address >= segment.physicalAddress {
            let inside = address - segment.physicalAddress
            guard inside < segment.fileSize else { continue }
            let offset = try segment.offset.adding(inside, "offset in a segment")
            let length = Int(min(UInt64(count), segment.fileSize - inside))
            return try Self.bytes(source, at: offset, length, "memory at 0x\(String(address, radix: 16))")
        }
        throw BinaryError.invalid(
            field: "physical address",
            offset: 0,
            found: "0x\(String(address, radix: 16)) is in no segment"
        )
    }
}

extension CoreFileReader {
    private static func programHeaders(_ header: ELFHeader, _ source: Source) throws -> [ProgramHeader] {
        guard header.programHeaderCount < .max else {
            throw BinaryError.invalid(field: "e_phnum", offset: 56, found: "0xffff: the number is elsewhere")
        }
        let size = ProgramHeader.byteCount * Int(header.programHeaderCount)
        let start = header.programHeaderOffset
        let table = try bytes(source, at: start, size, "program headers")
        var reader = BinaryReader(table, header.endianness)
        var headers: [ProgramHeader] = []
        for _ in 0..<header.programHeaderCount { headers.append(try ProgramHeader(parsing: &reader)) }
        return headers
    }

    private static func notes(
        _ headers: [ProgramHeader],
        _ header: ELFHeader,
        _ source: Source
    ) throws -> [ELFNote] {
        var notes: [ELFNote] = []
        var room = noteLimit
        for (index, note) in headers.enumerated() where note.type == .note {
            guard note.fileSize <= room else {
                let entry = header.programHeaderOffset &+ UInt64(index * ProgramHeader.byteCount)
                throw BinaryError.invalid(
                    field: "p_filesz of the notes",
                    offset: Int(clamping: entry &+ 32),
                    found: "\(note.fileSize) bytes"
                )
            }
            room -= note.fileSize
            let run = try bytes(source, at: note.offset, Int(note.fileSize), "notes")
            do {
                notes += try NoteList(parsing: run, header.endianness).notes
            } catch {
                throw error.moved(by: note.offset)
            }
        }
        return notes
    }

    private static func bytes(
        _ source: Source,
        at offset: UInt64,
        _ count: Int,
        _ field: String
    ) throws -> [UInt8] {
        guard count > 0 else { return [] }
        let bytes = try source(offset, count)
        guard bytes.count == count else {
            throw BinaryError.truncated(
                field: field,
                offset: Int(clamping: offset),
                needed: count,
                available: bytes.count
            )
        }
        return bytes
    }
}
