import CoreFile
import KernelProfile
import Machine
import Presentation
import SystemPackage

/// What `fadumpfs vmcore --headers` says: a core file in words.
struct HeadersReport: Report {
    struct Segment: Encodable {
        var offset: UInt64
        var physicalAddress: UInt64
        var virtualAddress: UInt64
        var size: UInt64
        var meaning: String
    }

    struct Note: Encodable {
        var name: String
        var type: UInt32
        var size: UInt64
        var meaning: String
    }

    struct CPU: Encodable {
        var nip: UInt64
        var msr: UInt64
        var link: UInt64
        var stack: UInt64
        var trap: UInt64
        /// What msr means.
        var state: String
    }

    struct Line: Encodable {
        var key: String
        var value: String
    }

    var file: String
    var size: UInt64
    var endian: String
    /// e_machine: 21 is 64-bit Power.
    var architecture: UInt16
    var flags: UInt32
    var segments: [Segment]
    var notes: [Note]
    var cpus: [CPU]
    var vmcoreinfo: [Line]

    /// Reads a core file; `status` is that of the machine whose dump it is.
    init(file path: FilePath, status: StatusReport?) throws {
        do {
            let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            defer { try? descriptor.close() }
            size = UInt64(clamping: try descriptor.seek(offset: 0, from: .end))
            let core = try CoreFileReader { offset, count in try descriptor.bytes(at: offset, count: count) }
            file = path.string
            endian = core.header.endianness.rawValue
            architecture = core.header.machine.rawValue
            flags = core.header.flags
            segments = core.segments.map { Self.segment($0, status?.area) }
            notes = core.notes.map(Self.note)
            vmcoreinfo = core.vmcoreinfo.map { $0.lines.map { Line(key: $0.key, value: $0.value) } } ?? []
            let isPower = core.header.machine == .ppc64
            cpus = isPower ? try core.cpus().map { Self.cpu($0.registers) } : []
        } catch let error as Errno {
            throw Failure("cannot read \(path): \(error)")
        } catch {
            throw Failure("\(path) is no core file that can be explained: \(error)")
        }
    }

    private static func segment(_ header: ProgramHeader, _ area: StatusReport.Area?) -> Segment {
        let isBootMemory = area.map { header.physicalAddress < $0.bootMemorySize } ?? false
        return Segment(
            offset: header.offset,
            physicalAddress: header.physicalAddress,
            virtualAddress: header.virtualAddress,
            size: header.fileSize,
            meaning: isBootMemory
                ? "boot memory, read from firmware's copy" : "memory, read where it lay"
        )
    }

    private static func note(_ note: ELFNote) -> Note {
        let meaning =
            switch (note.name, note.type) {
            case (PRStatus.noteName, PRStatus.noteType): "NT_PRSTATUS: the registers of a CPU"
            case (VMCoreInfo.noteName, _): "what dump tools must know of the kernel"
            default: "unknown"
            }
        return Note(name: note.name, type: note.type, size: UInt64(note.descriptor.count), meaning: meaning)
    }

    private static func cpu(_ registers: PowerRegisters) -> CPU {
        CPU(
            nip: registers.nip,
            msr: registers.msr,
            link: registers.link,
            stack: registers.gpr[1],
            trap: registers.trap,
            state: MachineStateRegister(registers.msr).words
        )
    }
}
