import BinaryCodec
import CoreFile
import PhysicalMemory

/// Both headers of a kdump-compressed file, and the notes they point to.
struct KdumpFront {
    let first: KdumpHeader
    let second: KdumpSubHeader
    private let notes: [ELFNote]
    private let information: VMCoreInfo?

    /// The most that notes may take, as in an ELF core, and that VMCOREINFO may.
    private static let notesLimit: UInt64 = 64 << 20
    private static let informationLimit: UInt64 = 1 << 20

    init(_ file: any DumpBytes) throws(DumpFailure) {
        let bytes = try file.bytes(at: 0, KdumpHeader.byteCount, "header")
        do { first = try KdumpHeader(parsing: bytes) } catch { throw .malformed(error, file: file.name) }
        let place = UInt64(first.blockSize)
        let more = try file.bytes(at: place, KdumpSubHeader.byteCount, "sub header")
        do {
            second = try KdumpSubHeader(parsing: more, first.endianness, version: first.version)
        } catch {
            throw .malformed(error, file: file.name)
        }
        let text = try Self.bytes(
            second.information,
            file,
            limit: Self.informationLimit,
            ("size_vmcoreinfo", place + KdumpSubHeader.informationOffset)
        )
        let run = try Self.bytes(
            second.notes,
            file,
            limit: Self.notesLimit,
            ("size_note", place + KdumpSubHeader.notesOffset)
        )
        do { notes = try NoteList(parsing: run, first.endianness).notes } catch {
            throw .malformed(error.moved(by: second.notes.offset), file: file.name)
        }
        information =
            text.isEmpty
            ? notes.lazy.compactMap(VMCoreInfo.init).first
            : VMCoreInfo(text: String(decoding: text.prefix { $0 != 0 }, as: UTF8.self))
    }

    /// What a header points to; `field` is the size, at `offset` + 8.
    private static func bytes(
        _ place: (offset: UInt64, size: UInt64),
        _ file: any DumpBytes,
        limit: UInt64,
        _ field: (name: String, offset: UInt64)
    ) throws(DumpFailure) -> [UInt8] {
        guard place.size > 0 else { return [] }
        guard place.size <= limit else {
            throw file.invalid(field.name, field.offset + 8, "\(place.size) bytes")
        }
        return try file.bytes(at: place.offset, Int(place.size), "what \(field.name) is about")
    }

    func description(memory: [AddressRange]) -> DumpDescription {
        var description = DumpDescription(format: .kdump, pageSize: UInt64(first.blockSize))
        description.endianness = first.endianness
        description.machine = Self.machines[first.machine]
        description.release = information?["OSRELEASE"] ?? first.release
        description.notes = notes
        description.vmcoreinfo = information
        description.memory = memory
        description.dumpLevel = first.version >= 1 ? Int(second.dumpLevel) : nil
        description.isIncomplete = first.status.contains(.incomplete)
        description.compression = first.status.compression
        description.headerVersion = Int(first.version)
        return description
    }

    /// Machines as uname(2) calls them.
    private static let machines: [String: ELFMachine] = [
        "ppc64": .ppc64, "ppc64le": .ppc64, "x86_64": .x86_64,
    ]
}
