import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory

extension FadumpKernel {
    /// The memory that the dump will describe, in the order of the ELF program headers.
    ///
    /// Boot memory comes first; every other range leaves the reserved dump area out. A range at 0 that is
    /// smaller than boot memory is there again in 3.4.
    /// Source: `fadump_setup_crash_memory_ranges`, `fadump_exclude_reserved_area` (Linux 3.4, fadump.c).
    func crashMemoryRanges(excluding area: ReservedArea) -> [AddressRange] {
        let boot = area.bootMemorySize
        var ranges = [AddressRange(0, upTo: PhysicalAddress(boot))]
        for range in memory.ranges {
            var start = range.start
            if start == 0, range.end.rawValue >= boot { start = PhysicalAddress(boot) }
            if start == 0, !profile.core.repeatsLowMemory { continue }
            let rest = AddressRange(start, upTo: range.end)
            ranges += area.range.map { rest.subtracting($0) } ?? [rest]
        }
        return ranges.filter { !$0.isEmpty }
    }

    /// The ELF header and program headers that the first kernel leaves in the reserved area.
    ///
    /// The notes of the CPUs are filled in by the capture kernel. A program header's offset is the physical
    /// address where the capture kernel will find the bytes: for boot memory that is the copy.
    /// Source: `fadump_create_elfcore_headers` (Linux 3.4, fadump.c).
    func coreHeaderBytes(for area: ReservedArea) -> [UInt8] {
        let image = profile.image
        let note =
            image.vmcoreinfoNote < area.bootMemorySize
            ? area.bootMemoryCopy &+ image.vmcoreinfoNote : image.vmcoreinfoNote
        var headers = [
            ProgramHeader(type: .note),
            ProgramHeader(
                type: .note,
                offset: note,
                physicalAddress: note,
                fileSize: profile.core.vmcoreinfoNoteSize,
                memorySize: profile.core.vmcoreinfoNoteSize
            ),
        ]
        for range in crashMemoryRanges(excluding: area) {
            headers.append(
                ProgramHeader(
                    type: .load,
                    flags: 7,
                    // What begins at 0 is in the copy, the repeated range of 3.4 included.
                    offset: range.start == 0 ? area.bootMemoryCopy : range.start.rawValue,
                    virtualAddress: ImageRules.virtual(range.start.rawValue),
                    physicalAddress: range.start.rawValue,
                    fileSize: range.count,
                    memorySize: range.count
                )
            )
        }
        var writer = BinaryWriter(endianness)
        ELFHeader(
            endianness: endianness,
            machine: .ppc64,
            flags: profile.core.headerFlags,
            programHeaderCount: UInt16(clamping: headers.count)
        ).write(to: &writer)
        for header in headers { header.write(to: &writer) }
        return writer.bytes
    }
}
