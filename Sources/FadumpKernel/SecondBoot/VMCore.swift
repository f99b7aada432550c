import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory
import SystemPackage

/// Why the ELF core header that the first kernel left cannot be used.
enum CoreHeaderFailure: Error {
    case unreadable(Errno)
    case malformed(BinaryError)
}

extension FadumpKernel {
    /// The program headers that fs/proc/vmcore.c is given: those that the first kernel left, or this kernel's own.
    func coreProgramHeaders(
        of dump: WaitingDump,
        _ crashInfo: CrashInfoHeader,
        _ hardware: Hardware
    ) throws(CoreHeaderFailure) -> [ProgramHeader] {
        guard profile.core.builder == .captureKernel else {
            return try programHeaders(at: crashInfo.coreHeader, hardware)
        }
        // Boot memory is what firmware was told; the area is where a registration would put it now.
        let boot = CopiedMemory(dump.area)
        return CoreHeader(
            CrashMemory(memory, boot: boot, area: dump.area.range, profile.core),
            boot: boot,
            note: (crashInfo.vmcoreinfo, crashInfo.vmcoreinfoSize),
            architecture
        ).programHeaders
    }

    /// /proc/vmcore from the ELF core header: all notes merged into one, the segments' bytes straight from the
    /// preserved RAM.
    ///
    /// Source: `vmcore_init`, `parse_crash_elf64_headers` (Linux 3.4, fs/proc/vmcore.c).
    func coreFile(
        _ headers: [ProgramHeader],
        cpuNotes: [ELFNote],
        _ hardware: Hardware
    ) throws(CoreHeaderFailure) -> CoreFile {
        var notes = cpuNotes
        for header in headers where header.type == .note && header.fileSize > 0 {
            if let crashedKernel {
                // A real kernel's is not in memory where the header says.
                notes += crashedKernel.information.map { [$0.note] } ?? []
                continue
            }
            let bytes = try read(header.offset, header.fileSize, hardware)
            notes += (try? NoteList(parsing: bytes, endianness).notes) ?? []
        }
        return try coreFile(notes, segments(of: headers), hardware)
    }

    /// The memory that program headers lead to.
    func segments(of headers: [ProgramHeader]) throws(CoreHeaderFailure) -> [CoreSegment] {
        var segments: [CoreSegment] = []
        for header in headers where header.type != .note {
            guard header.type == .load else {
                segments.append(.blank)
                continue
            }
            guard let source = AddressRange(start: PhysicalAddress(header.offset), count: header.memorySize)
            else {
                throw .malformed(.overflow("PT_LOAD at \(KernelFormat.hex(header.offset))"))
            }
            segments.append(
                CoreSegment(
                    physicalAddress: header.physicalAddress,
                    virtualAddress: header.virtualAddress,
                    source: source
                )
            )
        }
        return segments
    }

    /// How this kernel lays /proc/vmcore out.
    var coreLayout: CoreLayout {
        switch profile.core.layout {
        case .packed: .packed
        case .pageAligned: .pageAligned(pageSize: pageSize, noteAlignment: profile.core.noteAlignment)
        }
    }

    func coreFile(
        _ notes: [ELFNote],
        _ segments: [CoreSegment],
        _ hardware: Hardware
    ) throws(CoreHeaderFailure) -> CoreFile {
        do {
            return try CoreFile(
                endianness: endianness,
                machine: architecture.machine,
                flags: architecture.headerFlags(profile.core.headerFlags.value(for: endianness)),
                notes: notes,
                segments: segments,
                layout: coreLayout,
                ram: hardware.ram
            )
        } catch {
            throw .malformed(error)
        }
    }

    private func programHeaders(
        at address: UInt64,
        _ hardware: Hardware
    ) throws(CoreHeaderFailure) -> [ProgramHeader] {
        let start = try read(address, UInt64(ELFHeader.byteCount), hardware)
        do {
            let header = try ELFHeader(parsing: start)
            guard header.endianness == endianness, header.machine == architecture.machine else {
                throw BinaryError.invalid(field: "ELF core header", offset: 0, found: "not of this machine")
            }
            let count = Int(header.programHeaderCount)
            let size = UInt64(count * ProgramHeader.byteCount)
            let bytes = try read(address &+ header.programHeaderOffset, size, hardware)
            var reader = BinaryReader(bytes, endianness)
            var headers: [ProgramHeader] = []
            for _ in 0..<count { headers.append(try ProgramHeader(parsing: &reader)) }
            return headers
        } catch let error as BinaryError {
            throw .malformed(error)
        } catch let error as CoreHeaderFailure {
            throw error
        } catch {
            throw .unreadable(.ioError)
        }
    }

    private func read(
        _ address: UInt64,
        _ count: UInt64,
        _ hardware: Hardware
    ) throws(CoreHeaderFailure) -> [UInt8] {
        guard let length = Int(exactly: count), length <= 1 << 24 else { throw .unreadable(.badAddress) }
        do {
            return try hardware.ram.read(at: PhysicalAddress(address), count: length)
        } catch {
            throw .unreadable(error)
        }
    }
}
