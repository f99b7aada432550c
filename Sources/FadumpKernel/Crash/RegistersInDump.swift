import CoreFile
import PowerFirmware

extension FadumpKernel {
    /// The registers that the dump of this crash has to show of a CPU that is online: those with which the crashing
    /// CPU went down, and for all others those that firmware saves.
    public func registersInDump(of cpu: UInt32, _ hardware: Hardware) -> PowerRegisters {
        if let crash, crash.request.cpu == cpu { return crashRegisters(crash.request, hardware) }
        return PowerRegisters(saved: hardware.cpuState(of: cpu).saved)
    }
}
