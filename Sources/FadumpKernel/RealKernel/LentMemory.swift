import PhysicalMemory

extension FadumpKernel {
    /// Writes `bytes` where firmware shall read them, calls it, and where the memory is a real kernel's puts back what
    /// was there: firmware keeps a copy of what it was handed.
    func lending<Result>(
        _ bytes: [UInt8],
        at address: UInt64,
        _ hardware: inout Hardware,
        to call: (inout Hardware) -> Result
    ) -> Result {
        let place = PhysicalAddress(address)
        let before = realKernel == nil ? nil : try? hardware.ram.read(at: place, count: bytes.count)
        try? hardware.ram.write(bytes, at: place)
        let result = call(&hardware)
        if let before { try? hardware.ram.write(before, at: place) }
        return result
    }
}
