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
        guard let info = vmcoreinfo(at: address, hardware) else { return }
        write(dated(info, hardware).noteBytes(endianness), at: address, &hardware)
    }

    /// The same with CRASHTIME, where there is room for it.
    func dated(_ info: VMCoreInfo, _ hardware: Hardware) -> VMCoreInfo {
        var dated = info
        dated.append("CRASHTIME", String(hardware.wallClock), endsLine: profile.core.crashTimeEndsLine)
        return dated.noteBytes(endianness).count <= vmcoreinfoSize ? dated : info
    }
}
