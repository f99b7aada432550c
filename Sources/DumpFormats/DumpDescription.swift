import BinaryCodec
import CoreFile
import PhysicalMemory

/// How memory is kept in a captured file.
public enum DumpFormat: String, Sendable, Hashable, CaseIterable {
    /// An ELF core: /proc/vmcore as it is, or `makedumpfile -E`.
    case elf
    /// Pages one by one, most of them compressed: `makedumpfile -c`, `-l`, `-p`, `-z`.
    case kdump
    /// Memory and nothing else: the byte at an offset is the byte at that physical address.
    case raw
}

/// How the pages of a kdump-compressed file may be compressed.
public enum PageCompression: String, Sendable, Hashable, CaseIterable {
    case zlib, lzo, snappy, zstd
}

/// What a captured file says of itself; what it does not say is nil or empty.
public struct DumpDescription: Sendable, Hashable {
    public var format: DumpFormat
    /// Written as a stream by `makedumpfile -F`.
    public var isFlattened = false
    /// Files that the dump is made of: more than one for `makedumpfile --split`.
    public var files = 1
    /// Bytes of a page frame: of a kdump-compressed file its block size, else PAGESIZE of VMCOREINFO, else what is
    /// usual on the machine. A power of two.
    public var pageSize: UInt64
    public var endianness: Endianness?
    public var machine: ELFMachine?
    /// The release of the kernel, from VMCOREINFO, else from the header of a kdump-compressed file.
    public var release: String?
    public var notes: [ELFNote] = []
    public var vmcoreinfo: VMCoreInfo?
    /// What is memory, whether its contents are in the file or not; ascending, neighbours joined.
    public var memory: [AddressRange] = []
    /// The level of `makedumpfile -d`, where it is known.
    public var dumpLevel: Int?
    /// The file says that its writing was cut short.
    public var isIncomplete = false
    /// How pages are compressed, where the header says so; pages may differ.
    public var compression: PageCompression?
    /// Version of a kdump-compressed file's header.
    public var headerVersion: Int?

    public init(format: DumpFormat, pageSize: UInt64) {
        self.format = format
        self.pageSize = pageSize
    }

    /// The registers of every CPU, in the order of the notes.
    ///
    /// Errors: a note whose contents are not registers of this machine, with the offset inside of it.
    public func cpus() throws(BinaryError) -> [PRStatus] {
        guard let endianness, machine == .ppc64 else { return [] }
        var cpus: [PRStatus] = []
        for note in notes where note.name == PRStatus.noteName && note.type == PRStatus.noteType {
            cpus.append(try PRStatus(parsing: note.descriptor, endianness))
        }
        return cpus
    }
}
