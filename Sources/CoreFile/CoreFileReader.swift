import BinaryCodec

/// Reads a core file from anything that gives bytes at an offset: headers, notes, and memory by physical address.
///
/// Everything read is checked against `limit`s before memory is taken for it; a malformed file is an error that
/// names field and offset.
public struct CoreFileReader {
    public typealias Source = (_ offset: UInt64, _ count: Int) throws -> [UInt8]

    public let header: ELFHeader
    public let programHeaders: [ProgramHeader]
    public let notes: [ELFNote]
    private let source: Source

    /// The most that the notes of a file may take: 2048 CPUs with room to spare.
    private static let noteLimit: UInt64 = 64 << 20

    public init(_ source: @escaping Source) throws {
        self.source = source
        header = try ELFHeader(parsing: source(0, ELFHeader.byteCount))
        let size = ProgramHeader.byteCount * Int(header.programHeaderCount)
        var reader = BinaryReader(try source(header.programHeaderOffset, size), header.endianness)
        var headers: [ProgramHeader] = []
        for _ in 0..<header.programHeaderCount { headers.append(try ProgramHeader(parsing: &reader)) }
        programHeaders = headers

        var notes: [ELFNote] = []
        for note in headers where note.type == .note {
            guard note.fileSize <= Self.noteLimit else {
                throw BinaryError.invalid(
                    field: "p_filesz of the notes", offset: Int(clamping: header.programHeaderOffset),
                    found: "\(note.fileSize) bytes")
            }
            let bytes = try source(note.offset, Int(note.fileSize))
            notes += try NoteList(parsing: bytes, header.endianness).notes
        }
        self.notes = notes
    }

    public var segments: [ProgramHeader] { programHeaders.filter { $0.type == .load } }

    public var vmcoreinfo: VMCoreInfo? { notes.lazy.compactMap(VMCoreInfo.init).first }

    /// The registers of every CPU, in the order of the notes.
    public func cpus() throws(BinaryError) -> [PRStatus] {
        var result: [PRStatus] = []
        for note in notes where note.name == "CORE" && note.type == 1 {
            result.append(try PRStatus(parsing: note.descriptor, header.endianness))
        }
        return result
    }

    /// The bytes at a physical address. Throws where no one segment holds them all.
    public func read(physical address: UInt64, count: Int) throws -> [UInt8] {
        for segment in segments {
            guard address >= segment.physicalAddress, address - segment.physicalAddress < segment.fileSize,
                UInt64(count) <= segment.fileSize - (address - segment.physicalAddress)
            else { continue }
            let offset = try segment.offset.adding(address - segment.physicalAddress, "offset in a segment")
            return try source(offset, count)
        }
        throw BinaryError.invalid(
            field: "physical address", offset: 0, found: "0x\(String(address, radix: 16)) is in no segment")
    }
}
