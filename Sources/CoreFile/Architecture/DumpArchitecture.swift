import BinaryCodec

/// For which processor a dumped kernel's memory and core file are: everything in which the two kinds differ.
///
/// Nobody asks which one it is; one asks for an address, a note, a page size. `power` is what the machine is.
/// `x86` is a convenience for hosts whose dump tools read dumps of their own kind only: memory and core file look
/// like those of an x86_64 kernel, while firmware, the fadump files and their structures stay those of Power.
public struct DumpArchitecture: Sendable {
    /// What `--dump-arch` takes.
    public var name: String
    public var machine: ELFMachine
    /// The byte orders that there are.
    public var byteOrders: [Endianness]
    /// Whether `e_flags` says the version of an ABI, as a profile of Power has it.
    public var hasHeaderFlags: Bool
    /// Bytes of a page as the dumped kernel sees it; nil for what the machine's kernel has.
    public var pageSize: UInt64?
    /// The virtual addresses at which the dumped kernel sees physical address 0: in its map of all memory, and in the
    /// map in which it runs and has its variables.
    public var directMap: UInt64
    public var imageMap: UInt64
    /// Bytes from address 0 on that a core file lists once more, at their place in the image's own map, in front of all
    /// memory; 0 where the two maps are one.
    public var listedImage: UInt64
    public var paging: KernelPaging
    /// What the kernel calls the root of its page tables; the first is the array itself.
    public var pageDirectoryNames: [String]
    /// SECTION_SIZE_BITS; and MAX_PHYSMEM_BITS, nil for what a profile of Power says.
    public var sectionBits: Int
    public var physicalBits: Int?
    /// An endless loop of 4 bytes, the lowest first: a number of 32 bits in a byte order where there are two. It is all
    /// the text that the kernel has.
    public var idleLoop: UInt32
    /// How the registers of a CPU become a note.
    public var registerNotes: any RegisterNotes

    public static let power = DumpArchitecture(
        name: "power",
        machine: .ppc64,
        byteOrders: [.big, .little],
        hasHeaderFlags: true,
        pageSize: nil,
        directMap: 0xc000_0000_0000_0000,
        imageMap: 0xc000_0000_0000_0000,
        listedImage: 0,
        paging: .hidden,
        pageDirectoryNames: ["swapper_pg_dir"],
        sectionBits: 24,
        physicalBits: nil,
        // b .
        idleLoop: 0x4800_0000,
        registerNotes: PowerRegisterNotes()
    )

    /// Source: Documentation/arch/x86/x86_64/mm.rst (Linux 6.x): the direct map with page tables of four levels and no
    /// randomization, and the map of the kernel's text; arch/x86/include/asm/sparsemem.h;
    /// `crash_prepare_elf64_headers` (6.x, kernel/crash_core.c) for the image's own program header.
    public static let x86 = DumpArchitecture(
        name: "x86_64",
        machine: .x86_64,
        byteOrders: [.little],
        hasHeaderFlags: false,
        pageSize: 4096,
        directMap: 0xffff_8880_0000_0000,
        imageMap: 0xffff_ffff_8000_0000,
        listedImage: 16 << 20,
        paging: .fourLevels,
        pageDirectoryNames: ["init_top_pgt", "swapper_pg_dir"],
        sectionBits: 27,
        physicalBits: 46,
        // hlt; jmp to it; nop
        idleLoop: 0x90fd_ebf4,
        registerNotes: X86RegisterNotes()
    )

    public static let all: [DumpArchitecture] = [.power, .x86]

    /// The architecture of this name; nil where there is none.
    public static func named(_ name: String) -> DumpArchitecture? { all.first { $0.name == name } }

    /// The virtual address of memory at `physical`.
    public func virtual(_ physical: UInt64) -> UInt64 { directMap &+ physical }

    /// The virtual address of the kernel's own text or variable at `physical`.
    public func imageAddress(_ physical: UInt64) -> UInt64 { imageMap &+ physical }

    /// What `uname -m` says.
    public func machineName(_ endianness: Endianness) -> String {
        guard machine == .ppc64 else { return name }
        return endianness == .big ? "ppc64" : "ppc64le"
    }

    /// The bytes of the idle loop.
    public func text(_ endianness: Endianness) -> [UInt8] {
        var writer = BinaryWriter(endianness)
        writer.put(idleLoop)
        return writer.bytes
    }

    /// `e_flags`, where a profile of Power says `flags`.
    public func headerFlags(_ flags: UInt32) -> UInt32 { hasHeaderFlags ? flags : 0 }
}

/// The page tables that a kernel of this architecture has in its memory.
public enum KernelPaging: Sendable, Hashable {
    /// None that tools follow: they compute what they need out of the map of all memory.
    case hidden
    /// x86_64: four levels, from `init_top_pgt` on.
    case fourLevels
}

/// How the registers of a CPU become a note of a core file.
public protocol RegisterNotes: Sendable {
    /// The note NT_PRSTATUS of a CPU with these registers.
    func note(_ registers: PowerRegisters, _ endianness: Endianness) -> ELFNote
}

/// Registers as they are.
public struct PowerRegisterNotes: RegisterNotes {
    public init() {}

    public func note(_ registers: PowerRegisters, _ endianness: Endianness) -> ELFNote {
        PRStatus(registers: registers).note(endianness)
    }
}
