import PhysicalMemory
import PowerFirmware

extension FadumpKernel {
    /// What this kernel and firmware keep of the memory, beside the kernel's image: VMCOREINFO, the reserved dump area,
    /// room for parameters, kdump's memory, and firmware's own.
    public func takenMemory(_ firmware: PowerFirmware) -> [AddressRange] {
        let note = AddressRange(start: PhysicalAddress(vmcoreinfoAddress), count: vmcoreinfoSize)
        let own = [note, state.area?.range, state.area?.parameterArea, kdump.reservedRange]
        return own.compactMap { $0 } + firmware.reservedRanges
    }
}
