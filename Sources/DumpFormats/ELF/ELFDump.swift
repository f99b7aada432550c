import BinaryCodec
import CoreFile
import PhysicalMemory

/// An ELF core: /proc/vmcore, or what makedumpfile made of one.
///
/// Where the segment in memory is longer than in the file, the rest is memory whose contents were left out. Source:
/// ELF-64; makedumpfile's `write_elf_pages_cyclic`, which ends a segment's file size where 256 or more pages in a row
/// are excluded.
struct ELFDump: DumpContents {
    let description: DumpDescription
    private let file: any DumpBytes
    private let pieces: SegmentPieces

    init(_ file: any DumpBytes) throws(DumpFailure) {
        self.file = file
        let core = try Self.core(file)
        pieces = try SegmentPieces(core, file)
        description = Self.description(core, pieces)
    }

    private static func core(_ file: any DumpBytes) throws(DumpFailure) -> CoreFileReader {
        do {
            return try CoreFileReader { offset, count in
                let left = offset < file.size ? file.size - offset : 0
                return try file.bytes(at: offset, Int(min(UInt64(clamping: count), left)), "headers")
            }
        } catch let error as DumpFailure {
            throw error
        } catch let error as BinaryError {
            throw .malformed(error, file: file.name)
        } catch {
            throw .unsuitable("\(file.name): \(error)")
        }
    }

    private static func description(_ core: CoreFileReader, _ pieces: SegmentPieces) -> DumpDescription {
        let information = core.vmcoreinfo
        let usual: UInt64 = core.header.machine == .ppc64 ? 64 << 10 : 4096
        let pageSize = information.flatMap(PageSize.init)?.bytes
        var description = DumpDescription(format: .elf, pageSize: pageSize ?? usual)
        description.endianness = core.header.endianness
        description.machine = core.header.machine
        description.notes = core.notes
        description.vmcoreinfo = information
        description.release = information?["OSRELEASE"]
        description.memory = pieces.memory
        return description
    }

    func presentBytes() -> UInt64 { pieces.presentBytes }

    func run(at address: UInt64) -> MemoryRun { pieces.run(at: address) }

    func zeros(at address: UInt64) -> UInt64 {
        pieces.offset(of: address).map { file.data(from: $0) - $0 } ?? 0
    }

    func readPresent(at address: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(DumpFailure) {
        let field = "memory at 0x\(String(address, radix: 16))"
        guard let offset = pieces.offset(of: address) else {
            throw file.invalid(field, 0, "is in no segment")
        }
        try file.fill(buffer, at: offset, field)
    }
}
