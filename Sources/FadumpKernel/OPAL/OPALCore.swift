import BinaryCodec
import CoreFile
import PhysicalMemory
import PowerFirmware

/// The core file of OPAL itself: registers of the threads that ran, the crashing one first, OPAL's entry point, and its
/// memory. Big-endian whatever the kernel is.
///
/// Notes begin right behind the program headers, with room for every thread, whether it ran or not; memory begins with the
/// next page and is addressed from 0 on.
/// Source: `create_opalcore`, `opalcore_append_cpu_notes` (Linux 5.4, opal-core.c).
struct OPALCore {
    var ranges: [PreservedRange]
    var threads: [SavedCPU]
    /// Threads that there is room for.
    var entries: Int
    var crashingThread: UInt32
    /// Where OPAL lies, and begins to run.
    var base: UInt64
    var entry: UInt64
    /// The kernel crashed, rather than firmware.
    var isKernelsCrash: Bool

    private static let auxiliaryVector: UInt32 = 6
    private static let entryPoint: UInt64 = 9
    private static let userSignal: Int16 = 10
    private static let terminationSignal: Int16 = 15

    /// Errors: those of a file whose size does not fit 64 bits.
    func file(pageSize: UInt64, ram: PhysicalRAM) throws(BinaryError) -> CoreFile {
        let headerSize = UInt64(ELFHeader.byteCount + ProgramHeader.byteCount * (ranges.count + 1))
        let list = NoteList(notes)
        let room = entries.multipliedReportingOverflow(by: note(of: nil).byteCount).partialValue
        let noteSize = UInt64(max(list.byteCount, room + entryNote.byteCount))
        var offset = (headerSize + noteSize).alignedUp(to: pageSize)
        var headers = [
            ProgramHeader(type: .note, offset: headerSize, fileSize: noteSize, memorySize: noteSize)
        ]
        var address: UInt64 = 0
        for range in ranges {
            headers.append(
                ProgramHeader(
                    type: .load,
                    flags: 7,
                    offset: offset,
                    virtualAddress: base &+ address,
                    physicalAddress: address,
                    fileSize: range.size,
                    memorySize: range.size
                )
            )
            offset = try offset.adding(range.size, "size of OPAL's core file")
            address = try address.adding(range.size, "addresses of OPAL's core file")
        }
        let header = ELFHeader(
            endianness: .big,
            machine: .ppc64,
            flags: 0,
            programHeaderCount: UInt16(clamping: headers.count)
        )
        let image = image(header, headers, list, until: headers.dropFirst().first?.offset ?? offset, ram)
        return CoreFile(header: header, programHeaders: headers, notes: list.notes, image: image)
    }

    private func image(
        _ header: ELFHeader,
        _ headers: [ProgramHeader],
        _ list: NoteList,
        until start: UInt64,
        _ ram: PhysicalRAM
    ) -> MemoryImage {
        var writer = BinaryWriter(.big)
        header.write(to: &writer)
        for header in headers { header.write(to: &writer) }
        list.write(to: &writer)
        var image = MemoryImage()
        image.append(writer.bytes)
        image.append(hole: start - UInt64(writer.bytes.count))
        for range in ranges {
            if let place = AddressRange(start: PhysicalAddress(range.destination), count: range.size) {
                image.append(place, of: ram)
            }
        }
        return image
    }

    private var notes: [ELFNote] {
        let crashed = threads.first { $0.logicalID == crashingThread }
        let others = threads.filter { $0.logicalID != crashingThread }
        return [note(of: crashed)] + others.map { note(of: $0) } + [entryNote]
    }

    /// The process id is 100 and the PIR, so that none is 0.
    private func note(of thread: SavedCPU?) -> ELFNote {
        guard let thread else { return PRStatus(registers: PowerRegisters()).note(.big) }
        var status = PRStatus(
            pid: Int32(truncatingIfNeeded: 100 &+ thread.logicalID),
            registers: PowerRegisters(saved: thread)
        )
        status.parent = 1
        if thread.logicalID == crashingThread {
            status.signal = isKernelsCrash ? Self.userSignal : Self.terminationSignal
        }
        return status.note(.big)
    }

    private var entryNote: ELFNote {
        var writer = BinaryWriter(.big)
        for word in [Self.entryPoint, entry, 0] { writer.put(word) }
        return ELFNote(name: PRStatus.noteName, type: Self.auxiliaryVector, descriptor: writer.bytes)
    }
}
