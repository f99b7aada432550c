import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory

extension FadumpKernel {
    /// Bytes of the VMCOREINFO note, as /sys/kernel/vmcoreinfo says.
    public var vmcoreinfoSize: UInt64 { profile.image.vmcoreinfoSize(pageSize: pageSize) }

    /// Puts the note where this kernel keeps it from now on: it is prepared in the image.
    ///
    /// Source: `crash_save_vmcoreinfo_init` (Linux 4.13, kernel/crash_core.c).
    mutating func placeVMCoreInfo(_ hardware: inout Hardware) {
        let prepared = profile.image.vmcoreinfoNote
        vmcoreinfoAddress = placeForVMCoreInfo()
        guard realKernel == nil, vmcoreinfoAddress != prepared, let info = vmcoreinfo(at: prepared, hardware)
        else { return }
        write(info.noteBytes(endianness), at: vmcoreinfoAddress, &hardware)
    }

    /// Always memory that this kernel may use, whatever the size of the machine: where the place that was recorded is
    /// none, it is the end of what there is below it, and at last the image.
    private func placeForVMCoreInfo() -> UInt64 {
        let image = profile.image
        let usable = usableMemory.flatMap { range in
            kdump.reservedRange.map { range.subtracting($0) } ?? [range]
        }
        let end = usable.last?.end.rawValue ?? 0
        let wanted: UInt64
        switch image.vmcoreinfoPlace {
        case .image: return image.vmcoreinfoNote
        case .low(let address): wanted = address
        case .belowEnd(let distance): wanted = end > distance ? end - distance : 0
        }
        let size = vmcoreinfoSize
        for range in usable.reversed() where range.count >= size {
            let highest = (range.end.rawValue - size).alignedDown(to: pageSize)
            let address = min(wanted.alignedDown(to: pageSize), highest)
            if address >= range.start.rawValue, address >= image.firstFree { return address }
        }
        return image.vmcoreinfoNote
    }

    /// The VMCOREINFO note at this address; nil where there is none.
    func vmcoreinfo(at address: UInt64, _ hardware: Hardware) -> VMCoreInfo? {
        guard let room = Int(exactly: vmcoreinfoSize),
            let bytes = try? hardware.ram.read(at: PhysicalAddress(address), count: room)
        else { return nil }
        return try? NoteList(parsing: bytes, endianness).notes.lazy.compactMap(VMCoreInfo.init).first
    }
}

extension VMCoreInfo {
    /// The note in memory, with the empty head that ends a list of notes.
    func noteBytes(_ endianness: Endianness) -> [UInt8] {
        var writer = BinaryWriter(endianness)
        note.write(to: &writer)
        writer.pad(12)
        return writer.bytes
    }
}
