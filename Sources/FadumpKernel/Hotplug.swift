import KernelProfile
import PhysicalMemory
import SystemPackage

extension FadumpKernel {
    /// Takes added memory into use. The ELF core header of a registered dump is stale until the dump is
    /// registered again.
    public mutating func memoryAdded(_ range: AddressRange) throws(Errno) {
        guard crash == nil else { throw .operationNotSupportedByDevice }
        do { try memory.add(range) } catch { throw .fileExists }
    }

    /// Gives memory back.
    ///
    /// Errors: `.resourceBusy` where the kernel cannot do without it: its own image and boot memory, the reserved
    /// dump area, a held dump or the memory of kdump.
    public mutating func memoryRemoved(_ range: AddressRange) throws(Errno) {
        guard crash == nil else { throw .operationNotSupportedByDevice }
        let needed = [
            AddressRange(0, upTo: PhysicalAddress(max(realModeArea, state.area?.bootMemorySize ?? 0))),
            state.area?.range, kdump.reservedRange,
        ].compactMap { $0 }
        guard !needed.contains(where: { $0.overlaps(range) }) else { throw .resourceBusy }
        if case .waiting = state { throw .resourceBusy }
        do { try memory.remove(range) } catch { throw .noSuchAddressOrDevice }
    }
}
