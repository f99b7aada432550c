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
            var info = try? NoteList(parsing: bytes, endianness).notes.lazy.compactMap(VMCoreInfo.init).first
        else { return }
        info.append("CRASHTIME", String(hardware.wallClock), endsLine: profile.core.crashTimeEndsLine)
        var writer = BinaryWriter(endianness)
        info.note.write(to: &writer)
        writer.pad(12)
        guard writer.count <= room else { return }
        write(writer.bytes, at: address.rawValue, &hardware)
    }
}
