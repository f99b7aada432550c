import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory

extension FadumpKernel {
    /// Appends CRASHTIME to the VMCOREINFO note in memory.
    ///
    /// Source: `crash_save_vmcoreinfo` (Linux 3.4, kernel/kexec.c).
    mutating func dateVMCoreInfo(_ hardware: inout Hardware) {
        let address = PhysicalAddress(profile.image.vmcoreinfoNote)
        let room = Int(profile.image.vmcoreinfoSize)
        guard let bytes = try? hardware.ram.read(at: address, count: room),
            let note = try? NoteList(parsing: bytes, endianness).notes.first
        else { return }
        var line = "CRASHTIME=\(hardware.wallClock)"
        if profile.core.crashTimeEndsLine { line += "\n" }
        let dated = ELFNote(name: note.name, type: note.type, descriptor: note.descriptor + Array(line.utf8))
        var writer = BinaryWriter(endianness)
        dated.write(to: &writer)
        writer.pad(12)
        guard writer.count <= room else { return }
        write(writer.bytes, at: address.rawValue, &hardware)
    }
}
