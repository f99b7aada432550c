import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory

/// The ELF core header: ELF header and program headers, as the kernel builds it in memory for fs/proc/vmcore.c.
///
/// A program header's offset is the physical address where the capture kernel finds the bytes: for boot memory that is
/// the copy. The notes of the CPUs come first; they are filled in by the capture kernel.
/// Source: `fadump_create_elfcore_headers` (Linux 3.4 to 6.1), `fadump_populate_elfcorehdr` (6.10 and later).
struct CoreHeader: Sendable, Hashable {
    /// All that the kernel writes.
    private var entries: [ProgramHeader]
    var machine: ELFMachine

    /// Those that count: kernels keep their number in the 16 bits of `e_phnum`, where 65536 is 0, and know of no other
    /// place for it.
    var programHeaders: [ProgramHeader] { Array(entries.prefix(Int(count))) }

    private var count: UInt16 { UInt16(truncatingIfNeeded: entries.count) }

    /// `note` is the place of the VMCOREINFO note after the crash.
    init(
        _ memory: CrashMemory,
        boot: CopiedMemory,
        note: (address: UInt64, size: UInt64),
        _ architecture: DumpArchitecture
    ) {
        machine = architecture.machine
        entries = [
            ProgramHeader(type: .note),
            ProgramHeader(
                type: .note,
                offset: note.address,
                physicalAddress: note.address,
                fileSize: note.size,
                memorySize: note.size
            ),
        ]
        if architecture.listedImage > 0 {
            entries.append(Self.image(architecture, at: boot.place(of: 0)))
        }
        // Only what begins where a range of boot memory does is taken for it: what 3.4 lists twice because it reaches
        // into boot memory is said to be in place.
        let starts = Set(boot.ranges.map(\.start))
        for entry in memory.entries {
            guard case .memory(let range) = entry else {
                entries.append(ProgramHeader(type: .null))
                continue
            }
            let start = range.start.rawValue
            entries.append(
                ProgramHeader(
                    type: .load,
                    flags: 7,
                    offset: starts.contains(range.start) ? boot.place(of: start) : start,
                    virtualAddress: architecture.virtual(start),
                    physicalAddress: start,
                    fileSize: range.count,
                    memorySize: range.count
                )
            )
        }
    }

    /// The kernel's image in its own map, where it is not that of all memory.
    private static func image(_ architecture: DumpArchitecture, at place: UInt64) -> ProgramHeader {
        ProgramHeader(
            type: .load,
            flags: 7,
            offset: place,
            virtualAddress: architecture.imageMap,
            physicalAddress: 0,
            fileSize: architecture.listedImage,
            memorySize: architecture.listedImage
        )
    }

    func bytes(flags: UInt32, _ endianness: Endianness) -> [UInt8] {
        var writer = BinaryWriter(endianness)
        ELFHeader(
            endianness: endianness,
            machine: machine,
            flags: flags,
            programHeaderCount: count
        ).write(to: &writer)
        for header in entries { header.write(to: &writer) }
        return writer.bytes
    }
}

extension FadumpKernel {
    /// The ELF core header that the first kernel leaves in `area`.
    func coreHeaderBytes(for area: ReservedArea) -> [UInt8] {
        let boot = CopiedMemory(area)
        let header = CoreHeader(
            CrashMemory(memory, boot: boot, area: area.range, profile.core),
            boot: boot,
            note: (boot.place(of: vmcoreinfoAddress), vmcoreinfoSize),
            architecture
        )
        let flags = profile.core.headerFlags.value(for: endianness)
        return header.bytes(flags: architecture.headerFlags(flags), endianness)
    }
}
