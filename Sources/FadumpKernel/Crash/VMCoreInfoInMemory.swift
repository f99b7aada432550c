import CoreFile
import KernelProfile

extension FadumpKernel {
    /// Appends CRASHTIME to the VMCOREINFO note in memory.
    ///
    /// Source: `crash_save_vmcoreinfo` (Linux 3.4, kernel/kexec.c).
    mutating func dateVMCoreInfo(_ hardware: inout Hardware) {
        guard realKernel == nil else {
            let endsLine = profile.core.crashTimeEndsLine
            realKernel?.date(hardware.wallClock, endsLine: endsLine)
            return
        }
        let address = vmcoreinfoAddress
        guard var info = vmcoreinfo(at: address, hardware) else { return }
        info.append("CRASHTIME", String(hardware.wallClock), endsLine: profile.core.crashTimeEndsLine)
        let bytes = info.noteBytes(endianness)
        guard bytes.count <= vmcoreinfoSize else { return }
        write(bytes, at: address, &hardware)
    }
}
